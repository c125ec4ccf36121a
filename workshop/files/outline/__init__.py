"""Teams and OKRs as Markdown or plain text: headings, lists, bold labels and tables; read, and written to be read."""

from workshop.files.outline.reading import read
from workshop.files.outline.writing import write

__all__ = ["read", "write"]
