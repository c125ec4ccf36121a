"""Measuring: what the server's own CPU spends, in pairs against something plain."""
