"""What takes a solver: worked out in a process of its own, which can be ended."""
