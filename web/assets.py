"""Static files by versioned address, and what scripts bring with them; the one library of pages; and the typeface."""

import json
from hashlib import sha256
from pathlib import Path

from web.imports import imports


class Assets:
    """Addresses of static files with a fingerprint, so that browsers may keep them for ever."""

    def __init__(self, folder: Path, manifest: Path) -> None:
        self.folder = folder
        self.folders = [folder]
        #: The path this server stands beneath.
        self.beneath = ""
        self._manifest: dict[str, dict[str, str]] = json.loads(manifest.read_text())
        #: What was found on the disk once: it is asked for on every page.
        self._vendored: dict[str, Path | None] = {}
        self._names: dict[tuple[str, str], list[str]] = {}
        self._imported: dict[tuple[str, ...], list[str]] = {}
        self.version = self._fingerprint()

    def bring(self, folder: Path) -> None:
        """The files of a further folder are served too, under the same addresses."""
        self.folders.append(folder)
        self._names.clear()
        self._imported.clear()
        self.version = self._fingerprint()

    def file(self, name: str) -> Path | None:
        """The file of this name, if it is one of ours."""
        for folder in self.folders:
            found = (folder / name).resolve()
            if found.is_file() and found.is_relative_to(folder.resolve()):
                return found
        return None

    def _fingerprint(self) -> str:
        every = (f for folder in self.folders for f in folder.rglob("*"))
        files = sorted(f for f in every if f.is_file() and f.suffix in {".js", ".css", ".webmanifest", ".svg", ".png"})
        return sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:12]

    def url(self, name: str) -> str:
        """Where a static file is; relative imports inside it stay under the same version."""
        return f"{self.beneath}/static/{self.version}/{name}"

    def names(self, folder: str, ending: str) -> list[str]:
        """The static files in a folder that end so, as ``url`` takes them, in the order of their names."""
        if (folder, ending) not in self._names:
            found = ((root, file) for root in self.folders for file in (root / folder).glob(f"*{ending}"))
            self._names[folder, ending] = sorted(file.relative_to(root).as_posix() for root, file in found)
        return self._names[folder, ending]

    def imported(self, scripts: list[str]) -> list[str]:
        """The modules behind these scripts: what they import, what that imports, and so on, each once."""
        asked = tuple(scripts)
        if asked not in self._imported:
            met = list(asked)
            for name in met:
                met += [new for new in self._imports_of(name) if new not in met]
            self._imported[asked] = met[len(asked) :]
        return self._imported[asked]

    def _imports_of(self, script: str) -> list[str]:
        file = self.file(script)
        if not file:
            raise LookupError(f"There is no script {script}.")
        return imports(script, file.read_text())

    def alpine(self) -> dict[str, str]:
        """Where Alpine is, and its integrity hash."""
        entry = self._manifest["alpine"]
        source = self.url(f"vendor/{entry['file']}") if self.vendored("alpine") else entry["cdn"]
        return {"src": source, "integrity": entry["integrity"]}

    def face(self) -> str:
        """Where the typeface is; empty where it is not served from here, and pages take the system's."""
        return self.url("vendor/" + self._manifest["face"]["file"]) if self.vendored("face") else ""

    def vendored(self, name: str) -> Path | None:
        """A file of somebody else's that is served from here, if it is."""
        if name not in self._vendored:
            file = self.folder / "vendor" / self._manifest[name]["file"]
            self._vendored[name] = file if file.exists() else None
        return self._vendored[name]

    def missing(self) -> bool:
        """Whether what pages need is not served from here."""
        return not self.alpine()["src"].startswith("/")

    def script_sources(self) -> str:
        """What the content security policy lets run."""
        source = self.alpine()["src"]
        return "'self'" if source.startswith("/") else f"'self' {source}"
