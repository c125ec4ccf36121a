"""One sentence above it all."""
