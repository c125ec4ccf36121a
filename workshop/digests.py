"""What is kept of a command's id and of who has answered: a digest that says nothing."""

from hashlib import blake2b

#: Under this word it is kept that somebody has answered the exit pulse.
PULSE = "\0pulse"


def digest(person: str, id: str) -> bytes:
    """What is kept of an id a person has used."""
    return blake2b(f"{person}\0{id}".encode(), digest_size=12).digest()
