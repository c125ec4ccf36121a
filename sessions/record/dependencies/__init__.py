"""Dependencies: what one team needs of another, its life, and the board it stands on."""
