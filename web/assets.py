"""Static files by versioned address; the one library pages load, a local copy or the CDN's; and the typeface."""

import json
from hashlib import sha256
from pathlib import Path


class Assets:
    """Addresses of static files with a fingerprint, so that browsers may keep them for ever."""

    def __init__(self, folder: Path, manifest: Path) -> None:
        self.folder = folder
        self.folders = [folder]
        #: The path this server stands beneath.
        self.beneath = ""
        self._manifest: dict[str, dict[str, str]] = json.loads(manifest.read_text())
        self.version = self._fingerprint()

    def bring(self, folder: Path) -> None:
        """The files of a further folder are served too, under the same addresses."""
        self.folders.append(folder)
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
        found = [f.relative_to(root).as_posix() for root in self.folders for f in (root / folder).glob(f"*{ending}")]
        return sorted(found)

    def alpine(self) -> dict[str, str]:
        """Where Alpine is, and its integrity hash."""
        entry = self._manifest["alpine"]
        local = self.folder / "vendor" / entry["file"]
        source = self.url(f"vendor/{entry['file']}") if local.exists() else entry["cdn"]
        return {"src": source, "integrity": entry["integrity"]}

    def face(self) -> str:
        """Where the typeface is; empty where it is not served from here, and pages take the system's."""
        file = "vendor/" + self._manifest["face"]["file"]
        return self.url(file) if (self.folder / file).exists() else ""

    def vendored(self, name: str) -> Path | None:
        """A file of somebody else's that is served from here, if it is."""
        file = self.folder / "vendor" / self._manifest[name]["file"]
        return file if file.exists() else None

    def missing(self) -> bool:
        """Whether what pages need is not served from here."""
        return not self.alpine()["src"].startswith("/")

    def script_sources(self) -> str:
        """What the content security policy lets run."""
        source = self.alpine()["src"]
        return "'self'" if source.startswith("/") else f"'self' {source}"
