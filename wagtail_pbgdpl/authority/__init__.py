"""The rules of authority: who may do what, who sees what, and why not."""
