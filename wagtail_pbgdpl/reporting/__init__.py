"""Reports: each field is declared once, for the screen, for CSV and for XLSX."""
