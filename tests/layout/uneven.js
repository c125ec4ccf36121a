/* Of two texts that people wrote and that share a line, a short one is neither cut for a long one nor broken inside a word. */
() => {
  const SHORT = "B Supply";
  const LONG = "Heimberatung und Donaudampfschifffahrtselektrizitätenbetrieb im Oberlangenfelder Moor";
  const faults = new Set();
  const flows = (el) => /flex/.test(getComputedStyle(el).display) && !/column/.test(getComputedStyle(el).flexDirection);
  const words = [...document.querySelectorAll("[dir=auto]")].filter((el) => el.textContent.trim() && !el.matches("input, textarea") && el.checkVisibility());
  const rows = new Map();
  for (const el of words) {
    for (let at = el; at.parentElement; at = at.parentElement) {
      const row = at.parentElement;
      if (!flows(row)) continue;
      const apart = rows.get(row) ?? rows.set(row, new Map()).get(row);
      apart.set(at, el);
    }
  }
  for (const [row, apart] of rows) {
    if (apart.size < 2) continue;
    const said = new Map([...apart.values()].map((el) => [el, [...el.childNodes]]));
    for (const short of said.keys()) {
      for (const el of said.keys()) el.textContent = el === short ? SHORT : LONG;
      const range = document.createRange();
      range.selectNodeContents(short);
      const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (short.scrollWidth > short.clientWidth + 1 && short.clientWidth || tops.size > 2 || range.getBoundingClientRect().width < 20) {
        faults.add(`“${SHORT}” has ${Math.round(short.getBoundingClientRect().width)} px and ${tops.size} lines beside a long text in ${short.tagName} of .${row.className}`);
      }
    }
    for (const [el, nodes] of said) el.replaceChildren(...nodes);
  }
  return [...faults];
}
