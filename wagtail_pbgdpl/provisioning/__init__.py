"""Set-up: what ``pbgdpl_setup`` makes, and the record of it."""
