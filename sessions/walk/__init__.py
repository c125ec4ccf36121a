"""A gallery walk: posters, groups with their routes, and the round they are in."""

from sessions.walk.walk import Group, Poster, Walk, pile_of, place_of_pile

__all__ = ["Group", "Poster", "Walk", "pile_of", "place_of_pile"]
