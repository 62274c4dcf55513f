"""The screens of officials over what the regulation clocks."""
