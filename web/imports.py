"""What a script imports of ours, as it stands in it: so that a page can name all it needs at once."""

import posixpath
import re

#: An import, or what is handed on, over one line or several: ``import { a } from "./a.js"``, ``import "./a.js"``.
_IMPORT = re.compile(r'^(?:import|export)\s(?:[\w$*{},\s]*\sfrom\s)?"(\.{1,2}/[^"]+)"', re.MULTILINE)


def imports(script: str, text: str) -> list[str]:
    """The scripts that one of this name and text imports, each once, named from where it is named from."""
    folder = posixpath.dirname(script)
    return [posixpath.normpath(posixpath.join(folder, address)) for address in dict.fromkeys(_IMPORT.findall(text))]
