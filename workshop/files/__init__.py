"""Teams and OKRs as files: JSON, CSV and Markdown, each read and written in one place."""

from pathlib import Path

from workshop.files import document, needs, outline, table

#: By the word in an address and by the type of a body: how each is read and written.
KINDS = {
    "json": ("application/json", document),
    "csv": ("text/csv", table),
    "md": ("text/markdown", outline),
}

#: What is written besides: by the word in an address, the name of the file, and how.
ALSO = {"needs": ("waggle-needs.csv", "text/csv", needs)}

#: The largest file that is read, in bytes.
LARGEST = 4_000_000

#: The organisation demonstrations and tests are made with.
DEMO = Path(__file__).with_name("kestrel.json")

__all__ = ["ALSO", "DEMO", "KINDS", "LARGEST", "document"]
