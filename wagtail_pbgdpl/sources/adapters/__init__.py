"""How answers of others are read: a small class for each kind, which knows of the answer alone."""
