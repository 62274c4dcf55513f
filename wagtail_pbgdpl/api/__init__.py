"""What the portal gives to other systems: the log of what changed in public, and the read API."""
