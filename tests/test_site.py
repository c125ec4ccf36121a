"""The pages of docs/ are one site: each is in its table of contents, and no link leads nowhere."""

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parent.parent


class Links(HTMLParser):
    """Every address and every place of a page."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.to, self.places = list[str](), set[str]()
        self.feed(page.read_text())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """What a tag names."""
        for name, value in attributes:
            if name in ("href", "src") and value:
                self.to.append(value)
            if name == "id" and value:
                self.places.add(value)


def test_the_pages_are_one_site_and_no_link_leads_nowhere(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "properdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path))
    built = subprocess.run([*command, "-f", ROOT / ".ci/site.yml"], capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    pages = {page: Links(page) for page in tmp_path.rglob("*.html") if page.name != "404.html"}
    docs = ROOT / "docs"
    assert {page.relative_to(docs).with_suffix(".html") for page in docs.rglob("*.md")} <= {
        page.relative_to(tmp_path) for page in pages
    }
    for page, links in pages.items():
        for link in links.to:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                assert parts.scheme in ("https", "data"), (page.name, link)
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            assert target.is_file(), (page.name, link)
            if parts.fragment and target in pages:
                assert parts.fragment in pages[target].places, (page.name, link)


def test_every_page_is_in_the_contents_and_on_the_first_page() -> None:
    nav = (ROOT / ".ci/site.yml").read_text().partition("nav:")[2]
    first = (ROOT / "docs/index.md").read_text()
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name in nav, page.name
        assert page.name == "index.md" or f"({page.name})" in first, page.name
