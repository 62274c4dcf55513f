"""Documents from a table: read, checked row by row, and made drafts all at once or not at all."""
