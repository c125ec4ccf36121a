"""What stands on a page: one that was told what changed is compared with one that was loaded anew."""

from playwright.async_api import Page

from tests.stories.browsers import PICTURED

#: All words of a page but what its clocks say, what is hidden, can be pressed and is picked, and what is said aloud.
#: A list that stands still while one writes in it is in the order in which it was laid out: it counts without order.
STANDS = """() => {
  const gone = (el) => el.hidden || el.style.display === "none";
  const named = (el) => [...el.attributes].filter(({ name }) => /^(aria-|class$)/.test(name));
  const how = (el) => [el.tagName, gone(el) ? "gone" : "", el.disabled ? "still" : "", el.value ?? "",
    ...named(el).map(({ name, value }) => `${name} ${value}`)].filter(Boolean).join(" ");
  const words = (node) => {
    if (node.nodeType !== Node.TEXT_NODE) return "";
    return node.data.split(/\\s+/).join(" ").trim().replace(/^\\d+:\\d\\d$/, "a clock");
  };
  const stands = (el) => {
    if (el.matches("[role=timer], .clock")) return "";
    const parts = [...el.childNodes].map((node) => node.nodeType === Node.ELEMENT_NODE ? stands(node) : words(node));
    if (el.matches(".raid-rows, .join-cards")) parts.sort();
    return [how(el), ...parts.filter(Boolean)].join("\\n");
  };
  return stands(document.querySelector("main"));
}"""
#: How often two pictures are waited for until what is on its way to either page is there.
UNTIL_THERE = 60


async def difference(told: Page, loaded: Page) -> str:
    """Where a page that was told differs from one that is loaded anew, once both had the time; empty where nowhere."""
    for _ in range(UNTIL_THERE):
        found = apart(await told.evaluate(STANDS), await loaded.evaluate(STANDS))
        if not found:
            break
        await told.evaluate(PICTURED)
        await loaded.evaluate(PICTURED)
    return found


def apart(told: str, loaded: str) -> str:
    """Where two pages differ first; empty where they do not."""
    if told == loaded:
        return ""
    at = next((n for n, (one, other) in enumerate(zip(told, loaded, strict=False)) if one != other), 0)
    return f"told “{told[max(0, at - 60) : at + 80]}”, loaded “{loaded[max(0, at - 60) : at + 80]}”"
