// @ts-check
/** What somebody typed before the page was awake stays: Alpine would put its own words over it. */

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

export {};

document.addEventListener("alpine:init", () => {
  const early = fields().filter(isChanged).map((field) => ({ field, said: said(field) }));
  if (early.length) document.addEventListener("alpine:initialized", () => early.forEach(put), { once: true });
});

/** @returns {Field[]} */
function fields() {
  return /** @type {Field[]} */ ([...document.querySelectorAll("input, textarea, select")]);
}

/** @param {Field} field */
function isChanged(field) {
  if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.selected !== option.defaultSelected) && field.selectedIndex > 0;
  if (field.type === "file") return field.value !== "";
  if (isChosen(field)) return field.checked && !field.defaultChecked;
  return field.value !== field.defaultValue;
}

/** @param {Field} field @returns {field is HTMLInputElement} */
function isChosen(field) {
  return field instanceof HTMLInputElement && ["radio", "checkbox"].includes(field.type);
}

/** @param {Field} field */
function said(field) {
  return isChosen(field) ? "" : field.value;
}

/** @param {{field: Field, said: string}} typed */
function put({ field, said: words }) {
  if (isChosen(field)) field.checked = true;
  else if (field.type !== "file") field.value = words;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
}
