"""Mail that comes in: questions, what askers add, drafts of units; and what it is kept for."""
