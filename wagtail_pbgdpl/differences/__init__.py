"""What linked systems say of our documents otherwise than we do (D2)."""
