"""What the first house wrote and told, kept so that every later one can read it."""
