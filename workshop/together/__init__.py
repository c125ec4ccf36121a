"""Several processes on the same data: what they tell each other, seats of other processes, and rooms of theirs."""
