"""The roles of the editorial board (Ban Biên tập) and what each may do."""
