"""The text of files that others made, read in a process of its own that may be killed."""
