"""E-mails of the portal: written down with the change that they tell of, and delivered after it."""
