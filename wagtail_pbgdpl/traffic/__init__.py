"""Access statistics that know pages and times, never visitors (C14, P3)."""
