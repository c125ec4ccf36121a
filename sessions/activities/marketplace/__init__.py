"""The marketplace: teams pitch, mark in secret, trade at stalls of two, commit, and hear it read back."""
