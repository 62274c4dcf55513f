"""The pages of who comments on a draft: the form, the receipt, the comments of others (C12)."""
