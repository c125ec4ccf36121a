"""Steering a session: opening and preparing it, its phases and clock, its people, and where they look."""
