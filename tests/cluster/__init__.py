"""More than one process on the same data."""
