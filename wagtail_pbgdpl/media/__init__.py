"""Access to images and documents: who sees, names, changes and uploads which (R8, R11)."""
