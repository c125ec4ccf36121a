/* What is wrong with how this page is laid out now, as sentences; an empty list where it holds. */
({ thumb, focus }) => {
  const faults = [];
  const root = document.documentElement;
  const name = (el) => {
    const id = el.id ? "#" + el.id : "";
    const cls = typeof el.className === "string" && el.className ? "." + el.className.trim().split(/\s+/).join(".") : "";
    return `${el.tagName.toLowerCase()}${id}${cls} “${(el.innerText || el.value || el.getAttribute("aria-label") || "").trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  };
  const kept = (find) => {
    const known = new Map();
    return (el) => {
      if (!known.has(el)) known.set(el, find(el));
      return known.get(el);
    };
  };
  const style = kept((el) => getComputedStyle(el));
  const seen = kept((el) => el.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true, contentVisibilityAuto: true }) && !el.closest(".unseen, .bar-unit") && style(el).clipPath !== "inset(50%)");
  const edges = kept((el) => {
    const { overflowX, overflowY } = style(el);
    return overflowX === "visible" && overflowY === "visible" ? null : el.getBoundingClientRect();
  });
  const scrolls = (el) => {
    for (let at = el; at && at !== document.body; at = at.parentElement) {
      if (/auto|scroll/.test(style(at).overflowX) && at.scrollWidth > at.clientWidth) return true;
    }
    return false;
  };
  const all = [...document.body.querySelectorAll("*")].filter((el) => !el.closest("svg *, template, script") && seen(el));

  // One thing to press in honey, if any; a dialog that asks has its own.
  const honey = [...document.querySelectorAll("button, .button")].filter((el) => seen(el) && !el.closest("dialog") && /^oklch\(0\.82 0\.155/.test(style(el).backgroundColor) && !el.matches("[aria-pressed]"));
  if (honey.length > 1) faults.push(`${honey.length} things to press in honey: ${honey.map(name).join(", ")}`);

  // A form or a list within a paragraph ends it, and leaves an empty one behind.
  const ended = [...document.querySelectorAll("p:empty")].filter((el) => !el.attributes.length);
  if (ended.length) faults.push(`${ended.length} paragraphs with nothing in them: ${ended.map((el) => "in " + name(el.parentElement)).join(", ")}`);

  // Nothing wider than its page.
  if (root.scrollWidth > innerWidth) {
    const beyond = (el) => el.getBoundingClientRect().right > innerWidth + 1 || el.scrollWidth > innerWidth;
    const wide = [...document.querySelectorAll("body *")].filter((el) => beyond(el) && !scrolls(el)).slice(-3);
    faults.push(`the page is ${root.scrollWidth} px wide: ${wide.map(name).join(", ")}`);
  }
  for (const el of all) {
    const box = el.getBoundingClientRect();
    if (box.width && (box.right > innerWidth + 1 || box.left < -1) && !scrolls(el) && root.scrollWidth <= innerWidth) {
      faults.push(`${name(el)} reaches beyond the edge (${Math.round(box.left)} to ${Math.round(box.right)})`);
    }
    if (el.scrollWidth <= el.clientWidth + 1 && el.scrollHeight <= el.clientHeight + 2) continue;
    const cut = style(el);
    if (el.matches("input, textarea, select")) continue;
    if (/hidden|clip/.test(cut.overflowX) && el.scrollWidth > el.clientWidth + 1 && el.clientWidth > 1 && cut.textOverflow !== "ellipsis") {
      faults.push(`${name(el)} is cut at its side (${el.scrollWidth} of ${el.clientWidth})`);
    }
    if (/hidden|clip/.test(cut.overflowY) && el.scrollHeight > el.clientHeight + 2 && el.clientHeight > 1 && cut.webkitLineClamp === "none" && cut.textOverflow !== "ellipsis") {
      faults.push(`${name(el)} is cut at its foot (${el.scrollHeight} of ${el.clientHeight})`);
    }
  }

  /* What of a box is not cut off by whatever scrolls around it. */
  const shown = (el, box, from = el.parentElement) => {
    let { left, top, right, bottom } = box;
    for (let at = from; at && at !== document.body; at = at.parentElement) {
      const edge = edges(at);
      if (!edge) continue;
      left = Math.max(left, edge.left); right = Math.min(right, edge.right);
      top = Math.max(top, edge.top); bottom = Math.min(bottom, edge.bottom);
    }
    return { left, top, right, bottom, width: right - left, height: bottom - top };
  };

  // No text squeezed under eight letters, none lying on another thing one can press.
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const el = node.parentElement;
    const words = node.textContent.trim();
    if (!words || !el || el.closest("svg, script, template, option, .unseen, .bar-unit") || !seen(el)) continue;
    let block = el;
    while (style(block).display.startsWith("inline") && style(block).display === "inline" && block.parentElement) block = block.parentElement;
    const size = parseFloat(style(el).fontSize);
    const pad = parseFloat(style(block).paddingLeft) + parseFloat(style(block).paddingRight);
    if (words.length >= 8 && block.clientWidth && block.clientWidth - pad < 4 * size && words.length * size * .45 > block.clientWidth - pad) {
      faults.push(`${name(block)} squeezes “${words.slice(0, 30)}” into ${Math.round(block.clientWidth - pad)} px`);
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
    if (words.length <= 6 && !/\s/.test(words) && lines.size > 1) faults.push(`“${words}” is broken over ${lines.size} lines in ${name(block)}`);
    for (const box of range.getClientRects()) {
      const rect = shown(el, box, el);
      if (rect.width > 1 && rect.height > 1) texts.push({ el, rect, words });
    }
  }
  const pinned = kept((el) => {
    for (let at = el; at; at = at.parentElement) if (/fixed|sticky/.test(style(at).position)) return at;
    return null;
  });
  const targets = all.filter((el) => el.matches("button, a[href], input, select, textarea, summary"));
  const controls = targets.filter((el) => !el.matches("a:not(.button)"));
  for (const control of controls) {
    const box = shown(control, control.getBoundingClientRect());
    const bar = pinned(control);
    for (const { el, rect, words } of texts) {
      const over = Math.min(box.right, rect.right) - Math.max(box.left, rect.left);
      const under = Math.min(box.bottom, rect.bottom) - Math.max(box.top, rect.top);
      if (over <= 3 || under <= 3) continue;
      if (control.contains(el) || el.contains(control) && !el.matches("label, p, li, div") || el.closest("label")?.contains(control) && el.closest("label") === el) continue;
      if (pinned(el) === bar) faults.push(`${name(control)} lies on “${words.slice(0, 30)}”`);
    }
  }

  // No words on other words: more than a third of a line, for lines that stand close touch each other.
  for (const [at, { el, rect, words }] of texts.entries()) {
    for (const other of texts.slice(at + 1)) {
      const over = Math.min(rect.right, other.rect.right) - Math.max(rect.left, other.rect.left);
      const under = Math.min(rect.bottom, other.rect.bottom) - Math.max(rect.top, other.rect.top);
      if (over <= 2 || under <= Math.min(rect.height, other.rect.height) / 3) continue;
      if (el === other.el || pinned(el) !== pinned(other.el)) continue;
      faults.push(`“${words.slice(0, 30)}” lies on “${other.words.slice(0, 30)}”`);
    }
  }

  // No target too small: 24 px, and 44 px under the thumb.
  for (const target of targets) {
    if (target.disabled) continue;
    const ground = target.matches("[type=radio], [type=checkbox]") ? target.closest("label") ?? target : target;
    const inline = target.matches("a:not(.button)") && style(target).display === "inline";
    const box = inline ? target.getClientRects()[0] ?? target.getBoundingClientRect() : ground.getBoundingClientRect();
    if ((!inline && box.width < 23.5) || box.height < 23.5) faults.push(`${name(target)} is ${Math.round(box.width)} × ${Math.round(box.height)} px`);
    const under = thumb && target.closest(".foot") && target.matches("button");
    if (under && (box.height < 43.5 || box.width < 43.5)) faults.push(`${name(target)} is ${Math.round(box.width)} × ${Math.round(box.height)} px under the thumb`);
  }

  // Bars that stay leave room for what they belong to.
  const bars = all.filter((el) => /fixed|sticky/.test(style(el).position) && !el.closest("dialog, .notice") && el.getBoundingClientRect().width > innerWidth / 2);
  const tall = bars.reduce((sum, bar) => sum + bar.getBoundingClientRect().height, 0);
  if (tall > innerHeight * .45) faults.push(`bars that stay take ${Math.round(tall)} of ${innerHeight} px: ${bars.map(name).join(", ")}`);

  // Nothing that can be focused stands under such a bar.
  if (focus) {
    const before = document.activeElement;
    for (const el of targets.filter((el) => !el.disabled && el.tabIndex >= 0)) {
      el.focus();
      if (document.activeElement !== el) continue;
      const box = el.getBoundingClientRect();
      const bar = pinned(el);
      for (const other of bars) {
        if (other === bar || other.contains(el) || el.contains(other) || el.closest("dialog")) continue;
        const rect = other.getBoundingClientRect();
        const hidden = Math.min(box.bottom, rect.bottom) - Math.max(box.top, rect.top);
        if (hidden > 0 && box.height - hidden < Math.min(box.height - 8, 44) && box.left < rect.right && box.right > rect.left && box.height < innerHeight - rect.height) {
          faults.push(`${name(el)} has the focus under ${name(other).slice(0, 40)}`);
        }
      }
    }
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    document.activeElement?.blur?.();
    scrollTo(0, 0);
  }
  return [...new Set(faults)];
}
