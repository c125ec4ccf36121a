"""Ports of this machine that nobody listens on, and that no connection is given for its own end meanwhile."""

import random
import socket

#: Below those that Linux gives to connections (``ip_local_port_range``): one of these stays free until it is used.
LOWEST, HIGHEST = 20_000, 32_000


def free_port() -> int:
    """A port that nobody listens on."""
    while True:
        port = random.randrange(LOWEST, HIGHEST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
