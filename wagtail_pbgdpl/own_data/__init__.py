"""What somebody without an account wants done with their own data."""
