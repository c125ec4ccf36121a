"""What could go wrong: each with one name, and what is done about it."""
