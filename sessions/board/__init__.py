"""What a session owns: piles of notes, groups of notes, and votes on them."""
