"""``python -m waggle``."""

from waggle import main

main()
