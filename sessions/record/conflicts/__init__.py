"""Conflicts between goals: raised, both needs said, decided by name."""
