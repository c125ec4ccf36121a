"""Shared results: one team leads, everybody who carries one carries it in full."""
