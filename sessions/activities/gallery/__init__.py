"""The gallery walk: posters on a wall, groups that walk past them, notes, and what each team makes of them."""
