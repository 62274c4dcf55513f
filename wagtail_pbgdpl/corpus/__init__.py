"""The portal's documents as one body of law: what each is, what they do to one another, who cites
them."""
