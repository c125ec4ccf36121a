"""Deflate shared by all: what is told to everybody is made smaller once, for whoever asks for that and reads it well.

Nobody has a context of their own: the same bytes go to all, and no seat costs memory for it (RFC 7692, 7.1.1).
"""

from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory

from workshop import wire

#: What is offered to a browser that asks.
OFFERED = ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)


def reads_well(browser: str) -> bool:
    """Whether a browser, as it calls itself, may be offered it.

    Safari, and every browser of an iPhone, has lost connections over it elsewhere, and nobody has tried it there here.
    """
    return "AppleWebKit" not in browser or "Chrome/" in browser


def shares(agreed: list[Extension]) -> bool:
    """Whether what was agreed on lets a socket take what is made for all."""
    return any(isinstance(one, PerMessageDeflate) and one.local_max_window_bits == wire.WINDOW for one in agreed)
