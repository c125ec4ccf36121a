"""Ports of this machine that nobody listens on, and that no connection is given for its own end meanwhile."""

import os
import random
import socket

#: Below those that Linux gives to connections (``ip_local_port_range``): one of these stays free until it is used.
LOWEST, HIGHEST = 20_000, 32_000
#: Those who test at the same time each have a part of these, and go around in it: no port is given twice.
PARTS = 8

_SIZE = (HIGHEST - LOWEST) // PARTS
_part = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % PARTS
_turn = random.randrange(_SIZE)


def free_port() -> int:
    """A port that nobody listens on."""
    global _turn
    while True:
        _turn += 1
        port = LOWEST + _part * _SIZE + _turn % _SIZE
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
