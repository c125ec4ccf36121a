"""A line-up: which team is on which stage in which slot; what has to hold, what is better, and when none exists."""
