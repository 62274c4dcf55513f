"""Messages to listed systems whenever something changes in public."""
