"""Making it last and making it shared: open rooms, the log, people's keys, the wire, export."""
