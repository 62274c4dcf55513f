"""A portal as a package of records: written by one, taken in by another."""
