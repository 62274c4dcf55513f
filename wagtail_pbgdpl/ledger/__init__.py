"""The ledger of publication: what is owed, what was published, when, and by whose authority."""
