"""Stalls: which two teams talk in which round, from what they marked (``spec/formats.md``, E)."""
