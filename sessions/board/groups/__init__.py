"""Groups of notes that say the same, and who sees what of them."""
