"""The record as one JSON document: read, and written so that what came in comes out again."""

from workshop.files.document.reading import read
from workshop.files.document.writing import write

__all__ = ["read", "write"]
