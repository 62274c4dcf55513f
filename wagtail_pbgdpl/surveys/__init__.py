"""Short surveys on pages: closed questions, one answer a person, nobody known (P9: LC19 III.5b)."""
