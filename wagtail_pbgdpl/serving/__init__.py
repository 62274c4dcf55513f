"""The speed of public pages: listings, what is kept of them and for how long."""
