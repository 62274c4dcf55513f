"""Units, seats on the editorial board, delegations: who is who, and from when to when."""
