"""Notes: what one is, writing them, and who sees what of them."""
