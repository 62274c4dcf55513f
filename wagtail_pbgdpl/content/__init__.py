"""What every regulated page shares: abstract mixins, reference tables, portal settings."""
