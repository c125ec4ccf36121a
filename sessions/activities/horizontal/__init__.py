"""The horizontal session: needs aloud, every field filled, risks, capacity, shared results, conflicts, the rest."""
