"""Key results: what one is, keeping them, and who sees what of them."""
