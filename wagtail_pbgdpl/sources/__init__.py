"""What other systems publish, fetched in the background, kept, and shown with its age (C13, I1)."""
