"""Puts what pages load of others where it is served from, as web/vendor.json names it, and checks that it is that."""

import base64
import hashlib
import json
import sys
from pathlib import Path

for entry in json.loads(Path("web/vendor.json").read_text()).values():
    source = Path("node_modules", entry["from"]).read_bytes()
    if "sha384-" + base64.b64encode(hashlib.sha384(source).digest()).decode() != entry["integrity"]:
        sys.exit(f"{entry['from']} is not the file that web/vendor.json describes.")
    target = Path("web/static/vendor", entry["file"])
    target.parent.mkdir(exist_ok=True)
    if not target.exists() or target.read_bytes() != source:
        target.write_bytes(source)
