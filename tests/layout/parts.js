/* Whether the parts of pictures can be told from their ground, and what is chosen from what is not; faults as sentences. */
({ forced }) => {
  const faults = [];
  const name = (el) => {
    const cls = el.getAttribute("class");
    return `${el.tagName.toLowerCase()}${cls ? "." + cls.trim().split(/\s+/).join(".") : ""}`;
  };
  const seen = (el) => el.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !el.closest(".unseen");

  // Colours as the screen has them, whatever they are written in.
  const { context, known } = (window.inks ??= {
    context: Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true }),
    known: new Map(),
  });
  const ink = (colour) => {
    if (!known.has(colour)) {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
      known.set(colour, { rgb: [r, g, b], a: a / 255 });
    }
    return known.get(colour);
  };
  const over = (top, a, under) => top.map((part, n) => part * a + under[n] * (1 - a));
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255).map((part) => (part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + .05) / (low + .05);
  };
  const ground = (el) => {
    const { rgb, a } = ink(getComputedStyle(el).backgroundColor);
    return a > .99 || !el.parentElement ? rgb : over(rgb, a, ground(el.parentElement));
  };

  /* What was drawn before it, and lies under the whole of it. */
  const standsOn = (part) => {
    const box = part.getBoundingClientRect();
    for (let at = part.previousElementSibling; at; at = at.previousElementSibling) {
      const { fill } = getComputedStyle(at);
      const { left, top, right, bottom } = at.getBoundingClientRect();
      if (fill === "none" || !at.matches("path, rect, circle, polygon") || ink(fill).a < .99) continue;
      if (left <= box.left + 1 && top <= box.top + 1 && right >= box.right - 1 && bottom >= box.bottom - 1) return ink(fill).rgb;
    }
    return null;
  };

  if (!forced) {
    for (const part of document.querySelectorAll("svg :is(path, rect, circle, line, polyline, polygon)")) {
      // What others stand on, and what only decorates words that say the same, need not stand out.
      if (!seen(part) || part.closest(".qr, defs, clipPath, [data-ground]") || /ground|beside|rule|band|fuse|week|inside|-over/.test(part.getAttribute("class") ?? "")) continue;
      if (part.closest(".format-picture, .mark, .down, .cycle, .weeks")) continue;
      const box = part.getBoundingClientRect();
      if (box.width < 1 && box.height < 1) continue;
      const { fill, stroke, strokeWidth, opacity, fillOpacity, strokeOpacity } = getComputedStyle(part);
      const under = standsOn(part) ?? ground(part.closest("svg").parentElement);
      const inks = [];
      if (fill !== "none") inks.push([ink(fill), Number(fillOpacity)]);
      if (stroke !== "none" && parseFloat(strokeWidth) > 0) inks.push([ink(stroke), Number(strokeOpacity)]);
      const found = inks.map(([{ rgb, a }, more]) => contrast(over(rgb, a * more * Number(opacity), under), under));
      if (found.length && Math.max(...found) < 2.95) faults.push(`${name(part)} in ${name(part.closest("svg"))} stands out by ${Math.max(...found).toFixed(2)} : 1`);
    }
    return [...new Set(faults)];
  }

  // In a person's own few colours, what is chosen still differs from what is not.
  const looks = (el) => [el, ...el.querySelectorAll("*")].map((one) => {
    const { backgroundColor, color, borderColor, borderWidth, borderStyle, outline, fontWeight, textDecorationLine, fill, stroke, display } = getComputedStyle(one);
    return [backgroundColor, color, borderColor, borderWidth, borderStyle, outline, fontWeight, textDecorationLine, fill, stroke, display].join();
  }).join("|") + el.innerText;
  const alike = (el, turn) => {
    const before = looks(el);
    turn();
    const same = looks(el) === before;
    turn();
    return same;
  };
  for (const button of document.querySelectorAll("button[aria-pressed]")) {
    const was = button.getAttribute("aria-pressed");
    // A button that says in words what it does now need not look otherwise.
    if (!seen(button) || button.matches(".plain, .note-button, [x-text]")) continue;
    const turn = () => button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "true" ? "false" : "true");
    if (alike(button, turn)) faults.push(`${name(button)} “${button.innerText.slice(0, 30)}” looks the same pressed and not (${was})`);
  }
  for (const input of document.querySelectorAll("label :is([type=radio], [type=checkbox])")) {
    const label = input.closest("label");
    if (!seen(label) || (seen(input) && input.getBoundingClientRect().width > 8 && getComputedStyle(input).appearance !== "none")) continue;
    const turn = () => { input.checked = !input.checked; };
    if (input.type === "checkbox" || !input.checked) {
      if (alike(label, turn)) faults.push(`${name(label)} “${label.innerText.slice(0, 30)}” looks the same chosen and not`);
    }
  }
  for (const [mark, which] of [["is-chosen", ".note"], ["is-lit", "li"], ["is-now", "li, .note"], ["is-listed", ".bar, .vote-line"], ["is-full", ".slot"]]) {
    for (const one of document.querySelectorAll(`:is(${which}).${mark}`)) {
      if (seen(one) && alike(one, () => one.classList.toggle(mark))) faults.push(`${name(one)} looks the same without ${mark}`);
    }
  }
  return [...new Set(faults)];
}
