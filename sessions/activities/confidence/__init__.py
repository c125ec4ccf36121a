"""The confidence vote: secret numbers, the concerns behind low ones, and the line that is changed for them."""
