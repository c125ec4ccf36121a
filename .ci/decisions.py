"""Puts every decision into the site's table of contents, the newest first."""

from pathlib import Path
from typing import Any


def on_config(config: Any) -> Any:
    """Before anything is read."""
    folder = Path(config.docs_dir) / "decisions"
    config.nav.append({"Decisions": [f"decisions/{page.name}" for page in sorted(folder.glob("*.md"), reverse=True)]})
    return config
