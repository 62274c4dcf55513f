"""Legal documents for machines: addresses that stay (ELI), and Akoma Ntoso 3.0 (I2, D3)."""
