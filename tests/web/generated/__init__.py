"""A client that a generator makes of the API's description, and somebody who uses it."""
