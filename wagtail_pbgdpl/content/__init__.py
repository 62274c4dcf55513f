"""The page types of the portal: what an item has, what is asked of it, and what follows it."""
