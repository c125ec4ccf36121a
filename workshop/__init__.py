"""Making it last and making it shared: open rooms, the log, people's keys, the wire, export."""

#: The version of Waggle, as ``pyproject.toml`` and ``CHANGELOG.md`` say it.
VERSION = "0.1.0"
