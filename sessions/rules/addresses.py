"""Call links: which addresses a browser goes to when somebody taps one."""

from urllib.parse import urlsplit


def completed(link: str) -> str:
    """The address as a browser takes it: who leaves out the scheme means https."""
    bare = link.strip()
    return f"https://{bare}" if bare and "://" not in bare and is_link(f"https://{bare}") else bare


def is_link(link: str) -> bool:
    """Whether this is an https address a browser goes to: a host with a name, and nothing that hides where it is."""
    if not link.isprintable() or any(c in ' <>"\\`' for c in link):
        return False
    try:
        found = urlsplit(link)
        host, port = found.hostname or "", found.port
    except ValueError:
        return False
    named = "." in host.strip(".") and any(c.isalnum() for c in host) and not host.startswith((".", "-"))
    return found.scheme == "https" and named and found.username is None and (port is None or port > 0)
