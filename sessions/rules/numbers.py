"""Numbers as sentences say them."""

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(number: int) -> str:
    """A number up to ten as a word, a larger one in figures."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else str(number)
