// @ts-check
/**
 * What somebody types or presses before the page is awake is not lost: it stays, and is done as soon as it can be.
 * This is no module, because it has to be there before the page is.
 */

"use strict";

{
  /** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

  let awake = false;
  /** The last thing that was pressed. @type {() => void} */
  let pressed = () => {};

  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("button");
    if (!awake && button?.hasAttribute("@click")) pressed = () => button.click();
  }, true);

  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    // A form that is sent by a script would load the page anew; one that the browser sends itself needs nobody awake.
    if (awake || !form.hasAttribute("@submit.prevent")) return;
    event.preventDefault();
    pressed = () => form.requestSubmit();
  }, true);

  document.addEventListener("alpine:init", () => {
    // Alpine would put its own words over what stands there.
    const early = fields().filter(isChanged).map((field) => ({ field, said: field.value }));
    document.addEventListener("alpine:initialized", () => {
      awake = true;
      early.forEach(put);
      pressed();
    }, { once: true });
  });

  /** @returns {Field[]} */
  function fields() {
    return /** @type {Field[]} */ ([...document.querySelectorAll("input, textarea, select")]);
  }

  /** @param {Field} field */
  function isChanged(field) {
    if (field instanceof HTMLSelectElement) return field.selectedIndex > 0 && !field.selectedOptions[0].defaultSelected;
    if (field.type === "file") return field.value !== "";
    return isChosen(field) ? field.checked && !field.defaultChecked : field.value !== field.defaultValue;
  }

  /** @param {Field} field @returns {field is HTMLInputElement} */
  function isChosen(field) {
    return field instanceof HTMLInputElement && ["radio", "checkbox"].includes(field.type);
  }

  /** @param {{field: Field, said: string}} typed */
  function put({ field, said }) {
    if (isChosen(field)) field.checked = true;
    else if (field.type !== "file") field.value = said;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }
}
