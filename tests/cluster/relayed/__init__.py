"""What holds on one process holds through another one: the tests of the wire again, with every seat elsewhere."""
