"""What changes without the steps of the regulation: written down, with before and after."""
