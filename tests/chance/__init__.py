"""Sessions played by chance: whatever people do in whatever order, no rule breaks."""
