"""The pages on which the public asks, looks how a case stands, adds, withdraws and rates (C6)."""
