"""A browser takes every rule of every sheet: one it does not understand is dropped without a word."""

import re
from pathlib import Path

from tests.stories.browsers import chromium

SHEETS = Path("web/static/css")
#: How many rules a browser has taken of a sheet, of whatever depth; loose lines after a nested rule are no rule.
TAKEN = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const count = (rules) => [...rules ?? []].reduce((sum, rule) =>
    sum + (rule.constructor.name === "CSSNestedDeclarations" ? 0 : 1) + count(rule.cssRules), 0);
  return count(sheet.cssRules);
}"""


async def test_no_rule_is_dropped() -> None:
    async with chromium() as people:
        page = await people.come((360, 740))
        dropped = []
        for sheet in sorted(SHEETS.rglob("*.css")):
            text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
            written = text.count("{") + len(re.findall(r"@layer[^{;]*;", text))
            taken = await page.evaluate(TAKEN, text)
            if taken != written:
                dropped.append(f"{sheet.name}: {taken} of {written}")
        assert not dropped
