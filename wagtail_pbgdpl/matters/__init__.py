"""The engine: whatever the regulation clocks, from its event to its end, and what happened."""
