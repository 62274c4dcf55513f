"""The portal as a site: its settings, colours, languages, menu, and the way to each page."""
