"""Finding text fields, in templates and on pages, and trying what could take their words away."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from playwright.async_api import Page

TEMPLATES = Path("web/templates")
#: The page whose fields are tried by themselves.
RECORD = TEMPLATES / "record.html"
#: More than any field takes.
FAR_TOO_LONG = "ten thousand characters " * 417
#: What opens what is shut on a page.
Opener = Callable[[Page], Awaitable[None]]
#: No kind of button: only the folds are opened.
_NONE = "none"
#: Which fields were tried in this process.
tried: set[str] = set()
_FIELD = re.compile(r"<(?:textarea|input)\b(?:[^>\"]|\"[^\"]*\")*>")
#: What holds no words to keep: choices, figures, days, files, codes, and secrets.
_NO_WORDS = re.compile(r'type="(?:radio|checkbox|number|date|hidden|file|password)"|readonly|id="code"')

#: Fields on this page that one can write in, by what names them in their template.
FIELDS = """() => [...document.querySelectorAll("[x-words]")].filter((el) => el.checkVisibility() && !el.disabled)
  .map((el) => el.getAttribute("x-words"))"""
#: Whether somebody can read these words on the page: in a field, or offered.
READABLE = """(words) =>
  [...document.querySelectorAll("[x-words], [data-words]")].some((el) => el.value.includes(words)) ||
  [...document.querySelectorAll(".kept-words")].some((el) => el.textContent.includes(words))"""
#: What this browser keeps, and what the server has told it: a card's field is stored while one writes.
KEPT_OR_STORED = """() => JSON.stringify([Object.values(localStorage),
  window.Alpine.store("room")?.things ?? 0, window.Alpine.store("record") ?? 0])"""
#: Open every fold, and press a button that only opens something to write in: the one of this kind, or without a kind
#: one of the next that was not pressed yet (one may shut another); which kind it was, empty for none.
OPEN = """([wanted, pressed]) => {
  document.querySelectorAll("details").forEach((d) => { d.open = true; });
  const kinds = new Map();
  for (const button of document.querySelectorAll("button")) {
    const act = button.getAttribute("@click") ?? "";
    const shut = [button.ariaExpanded, button.ariaPressed].every((on) => on !== "true") && button.checkVisibility();
    const opens = /^(begin|edit|take\\(\\)|toggle(?!Menu|Screen|Hint|Swap)|open|pick\\(line)/.test(act);
    const place = [...button.parentElement.children].indexOf(button);
    const kind = [act, button.closest("[x-data]")?.getAttribute("x-data"), place].join("|");
    if (shut && opens && !kinds.has(kind)) kinds.set(kind, button);
  }
  const kind = wanted || ([...kinds.keys()].find((one) => !pressed.includes(one)) ?? "");
  kinds.get(kind)?.click();
  return kind;
}"""
#: Send what a field holds, the way its page would.
SEND = """(el) => {
  el.dispatchEvent(new Event("change", { bubbles: true }));
  if (el.form) el.form.requestSubmit();
  else el.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  document.querySelector(".foot .main:not(:disabled)")?.click();
}"""
#: A browser that keeps nothing: it will not even say where its storage is.
KEEPS_NOTHING = (
    """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });"""
)


def in_templates() -> dict[str, Path]:
    """Every free-text field of every template: its name there, or the whole of it where it has none."""
    found: dict[str, Path] = {}
    for template in sorted(TEMPLATES.rglob("*.html")):
        for field in _FIELD.findall(template.read_text()):
            if not _NO_WORDS.search(field):
                named = re.search(r'(?:x-words|data-words)="([^"]*)"', field)
                found[named[1] if named else field] = template
    return found


def is_named(name: str, template: str) -> bool:
    """Whether a field of a page is this one of a template, where a macro's parameter and a loop's key stand open."""
    return bool(re.fullmatch(".+?".join(map(re.escape, re.split(r"\{\{[^}]*\}\}", template))), name))


def locate(page: Page, name: str) -> Any:
    """The first field of this name that can be seen."""
    return page.locator(f'[x-words="{name}"]').locator("visible=true").first


async def readable(page: Page, words: str) -> None:
    """Wait until somebody can read these words on the page."""
    await page.wait_for_function(READABLE, arg=words)


async def try_page(page: Page) -> None:
    """Every field that is new on a page now, and behind each button that only opens something."""
    pressed: list[str] = [await page.evaluate(OPEN, [_NONE, []])]
    while pressed[-1]:
        again = opener(pressed[-1])
        for field in dict.fromkeys(await page.evaluate(FIELDS)):
            if field not in tried and await can_be_seen(page, field, again):
                await survives(page, field, again)
        pressed.append(await page.evaluate(OPEN, ["", pressed]))


def opener(kind: str) -> Opener:
    """What opens the folds of a page, and what the button of this kind opens."""

    async def press_it(page: Page) -> None:
        await page.evaluate(OPEN, [kind, []])

    return press_it


async def can_be_seen(page: Page, name: str, again: Opener) -> bool:
    """Whether the field can be written in now, opened again where what was tried before has shut it."""
    if not await locate(page, name).count():
        await again(page)
    return bool(await locate(page, name).count())


async def survives(page: Page, name: str, again: Opener) -> None:
    """A reload, a second tab and a refusal: the words are still there to read."""
    words = f"canary for {name}"
    await locate(page, name).fill(words)
    await page.reload()
    await readable(page, words)
    await again(page)
    if not await locate(page, name).count():
        tried.add(name)
        return
    await second_tab(page, name, words, again)
    await locate(page, name).fill(FAR_TOO_LONG)
    await locate(page, name).evaluate(SEND)
    await page.wait_for_function("() => !document.querySelector('.is-sending')")
    await readable(page, FAR_TOO_LONG.strip())
    await page.evaluate("localStorage.clear()")
    await page.reload()
    await page.wait_for_function("() => window.Alpine?.store('words')")
    await again(page)
    tried.add(name)


async def second_tab(page: Page, name: str, words: str, again: Opener) -> None:
    """Another tab of the same browser writes into the same field: both texts are kept."""
    other = await page.context.new_page()
    await other.goto(page.url)
    await other.wait_for_function("() => window.Alpine?.store('words')")
    await again(other)
    if await locate(other, name).count():
        await locate(other, name).fill("from the second tab")
        stored_while_writing = await locate(other, name).get_attribute("@change") is not None
        # There the second tab writes over what the first had stored, as anybody else with the card might.
        assert stored_while_writing or words in await page.evaluate(KEPT_OR_STORED), name
        held = f"(text) => ({KEPT_OR_STORED})().includes(text)"
        await page.wait_for_function(held, arg="from the second tab")
    await other.close()
