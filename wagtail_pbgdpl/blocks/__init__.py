"""StreamField blocks, one file for each family, and the registry that offers them."""
