"""The description of the wheel, from that of the project: the same name, version and needs, and one package."""

import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path(sys.argv[1]).read_text())["project"]


def listed(needs: list[str]) -> str:
    """Needs as lines of a list."""
    return "".join(f'  "{need}",\n' for need in needs)


needs = listed(project["dependencies"])
extras = "\n".join(
    f"{name} = [\n{listed(more)}]" for name, more in project["optional-dependencies"].items() if name != "dev"
)
print(f"""[project]
name = "{project["name"]}"
version = "{project["version"]}"
description = "{project["description"]}"
readme = "README.md"
license = "{project["license"]}"
license-files = ["LICENSE"]
requires-python = "{project["requires-python"]}"
dependencies = [
{needs}]

[project.optional-dependencies]
{extras}

[project.scripts]
waggle = "waggle:main"

[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[tool.setuptools]
packages = ["waggle"]

[tool.setuptools.package-data]
waggle = ["house/**/*"]""")
