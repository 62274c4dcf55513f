"""What happens before somebody is signed in: wrong passwords, and forgotten ones."""
