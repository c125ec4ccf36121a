"""``python -m web.commands``."""

from web.commands import main

main(prog_name="waggle")
