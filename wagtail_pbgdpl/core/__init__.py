"""What every room stands on: text in NFC, fields, rows that only grow, the base page."""
