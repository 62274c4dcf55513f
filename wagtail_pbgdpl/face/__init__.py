"""What the public meets around the pages: frame, feeds, sitemaps, structured data, errors."""
