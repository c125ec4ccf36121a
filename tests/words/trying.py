"""Finding text fields, in templates and on pages, and trying what could take their words away."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, TimeoutError

TEMPLATES = Path("web/templates")
#: The page whose fields are tried by themselves: what it is made of.
RECORD = TEMPLATES / "record"
#: More than any field takes.
FAR_TOO_LONG = "ten thousand characters " * 417
#: What opens what is shut on a page.
Opener = Callable[[Page], Awaitable[None]]
#: No kind of button: only the folds are opened.
_NONE = "none"
#: Which fields were tried in this process.
tried: set[str] = set()
#: On which pages, told apart by what one can do there.
met: set[str] = set()
_FIELD = re.compile(r"<(?:textarea|input)\b(?:[^>\"]|\"[^\"]*\")*>")
#: What holds no words to keep: choices, figures, days, files, codes, secrets, and what is looked for.
_NO_WORDS = re.compile(
    r'type="(?:radio|checkbox|number|date|datetime-local|hidden|file|password|search)"|readonly|id="code"'
)

#: Fields on this page that one can write in, by what names them in their template; behind a dialog nobody can.
FIELDS = """() => [...(document.querySelector("dialog[open]") ?? document).querySelectorAll("[x-words]")]
  .filter((el) => el.checkVisibility() && !el.disabled).map((el) => el.getAttribute("x-words"))"""
#: What one can do on this page now: a page where one could do just that before has no new fields.
CHOICES = """() => {
  const fold = (el) => (el.matches("summary") ? el.textContent.replace(/\\d+/g, "").trim() : "");
  const marks = (el) => ["x-words", "@click", "x-data"].map((name) => el.getAttribute(name) ?? "");
  const said = (el) => [...marks(el), fold(el)].join("|");
  const on = [...document.querySelectorAll("button, summary, [x-words]")].filter((el) => el.checkVisibility());
  return [...new Set(on.map((el) => `${said(el)}|${el.disabled}`))].sort().join(" ");
}"""
#: Whether somebody can read these words on the page: in a field, offered, or told by the server, which has stored them.
READABLE = """(words) =>
  JSON.stringify([window.Alpine?.store("room")?.things, window.Alpine?.store("record")?.shared]).includes(words) ||
  [...document.querySelectorAll("[x-words], [data-words]")].some((el) => el.value.includes(words)) ||
  [...document.querySelectorAll(".kept-words")].some((el) => el.textContent.includes(words))"""
#: What this browser keeps, and what the server has told it: a card's field is stored while one writes.
KEPT_OR_STORED = """() => JSON.stringify([Object.values(localStorage),
  window.Alpine.store("room")?.things ?? 0, window.Alpine.store("record") ?? 0])"""
#: What this browser keeps, for whoever reads why a test failed.
KEPT = """() => JSON.stringify([location.href, Object.entries(localStorage),
  [...document.querySelectorAll("[x-words]")].map((el) => [el.waggleWords?.field, el.value])])"""
#: Open every fold, and press a button that only opens something to write in: the one of this kind, or without a kind
#: one of the next that was not pressed yet (one may shut another); which kind it was, empty for none.
OPEN = """([wanted, pressed]) => {
  document.querySelectorAll("details").forEach((d) => { d.open = true; });
  document.querySelectorAll("dialog[open]").forEach((d) => d.dispatchEvent(new Event("cancel", { cancelable: true })));
  const kinds = new Map();
  const on = new Set([...document.querySelectorAll("[aria-expanded=true]")].map((el) => el.getAttribute("@click")));
  for (const button of document.querySelectorAll("button")) {
    const act = button.getAttribute("@click") ?? "";
    const shut = [button.ariaExpanded, button.ariaPressed].every((on) => on !== "true") && button.checkVisibility();
    const opens = /^(?:\\$\\w+\\.)?(begin|edit|take\\(\\)|toggle(?!Menu|Screen|Hint|Swap)|open|pick\\(line)/.test(act);
    const place = [...button.parentElement.children].indexOf(button);
    const kind = [act, button.closest("[x-data]")?.getAttribute("x-data"), place, button.dataset.activity].join("|");
    // Of goals one stands open at a time, and one is open already.
    if (shut && opens && !(on.has(act) && act.includes("$sift")) && !kinds.has(kind)) kinds.set(kind, button);
  }
  const kind = wanted || ([...kinds.keys()].find((one) => !pressed.includes(one)) ?? "");
  kinds.get(kind)?.click();
  return kind;
}"""
#: Send what a field holds, the way its page would.
SEND = """(el) => {
  el.dispatchEvent(new Event("change", { bubbles: true }));
  if (el.hasAttribute("@change")) return;
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
    try:
        await page.wait_for_function(READABLE, arg=words)
    except TimeoutError:
        pytest.fail(f"{words[:80]!r} can be read nowhere; kept: {await page.evaluate(KEPT)}")


async def try_page(page: Page) -> None:
    """Every field that is new on a page now, and behind each button that only opens something."""
    choices = await page.evaluate(CHOICES)
    if choices in met:
        return
    met.add(choices)
    pressed: list[str] = [await page.evaluate(OPEN, [_NONE, []])]
    while pressed[-1]:
        again = opener(pressed[-1])
        while await survive(page, await next_fields(page), again):
            pass
        pressed.append(await page.evaluate(OPEN, ["", pressed]))


async def next_fields(page: Page) -> list[str]:
    """Fields that were not tried yet."""
    return [name for name in dict.fromkeys(await page.evaluate(FIELDS)) if name not in tried]


async def has(page: Page, name: str, attribute: str) -> bool:
    """Whether a field says what happens then."""
    return bool(await locate(page, name).count()) and await locate(page, name).get_attribute(attribute) is not None


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


async def survive(page: Page, names: list[str], again: Opener) -> bool:
    """A reload, a second tab and a refusal: the words of these fields are still there to read.

    False where none of them was tried to its end; one that another has shut is left for the next time.
    """
    before = len(tried)
    begun = {name: f"canary for {name}" for name in names if await writes(page, name, f"canary for {name}", again)}
    if not begun:
        return False
    await page.reload()
    for words in begun.values():
        await readable(page, words)
    await again(page)
    there = [name for name in begun if await locate(page, name).count()]
    tried.update(begun.keys() - set(there))
    if there:
        await second_tab(page, {name: begun[name] for name in there}, again)
    for name in there:
        await outlives_a_refusal(page, name, again)
    await page.evaluate("localStorage.clear()")
    await page.reload()
    await page.wait_for_function("() => window.Alpine?.store('words')")
    await again(page)
    return len(tried) > before


async def writes(page: Page, name: str, words: str, again: Opener) -> bool:
    """Write into a field, where it can be seen."""
    if not await can_be_seen(page, name, again):
        return False
    await locate(page, name).fill(words)
    return True


async def outlives_a_refusal(page: Page, name: str, again: Opener) -> None:
    """More than any field takes is sent: all of it is still there."""
    words = f"{name}: {FAR_TOO_LONG}"
    if not await writes(page, name, words, again):
        return
    await locate(page, name).evaluate(SEND)
    await page.wait_for_function("() => !document.querySelector('.is-sending')")
    await readable(page, words.strip())
    tried.add(name)


async def second_tab(page: Page, begun: dict[str, str], again: Opener) -> None:
    """Another tab of the same browser writes into the same fields: both texts of each are kept."""
    other = await page.context.new_page()
    await other.goto(page.url)
    await other.wait_for_function("() => window.Alpine?.store('words')")
    await again(other)
    for name, words in begun.items():
        theirs = f"second tab: {name}"
        if not await writes(other, name, theirs, again):
            continue
        # Where it is stored, the second tab writes over what the first had, as anybody else with the card might.
        stored = await has(other, name, "@change")
        assert stored or words in await page.evaluate(KEPT_OR_STORED), name
        await page.wait_for_function(f"(text) => ({KEPT_OR_STORED})().includes(text)", arg=theirs)
    await other.close()
