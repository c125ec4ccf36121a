// @ts-check
/** What can be picked from a list of many: made without a template for each, which takes a list of sixty six times as long. */

/**
 * `x-choices="list"` on a select: `{id, name}` each, after what stands in it already. What was picked stays picked.
 * @param {any} Alpine
 */
export function choices(Alpine) {
  Alpine.directive("choices", (/** @type {HTMLSelectElement} */ select, /** @type {any} */ { expression }, /** @type {any} */ { evaluateLater, effect }) => {
    const read = evaluateLater(expression);
    const fixed = select.options.length;
    effect(() => read((/** @type {readonly {id: string, name: string}[]} */ list = []) => {
      const picked = select.value;
      list.forEach(({ id, name }, at) => put(select.options[fixed + at] ?? select.appendChild(new Option()), id, name));
      while (select.options.length > fixed + list.length) select.remove(select.options.length - 1);
      if (select.value !== picked) select.value = picked;
      if (select.selectedIndex < 0) select.selectedIndex = 0;
    }));
  });
}

/** What is as it was stays untouched, for the list may be open. @param {HTMLOptionElement} option @param {string} id @param {string} name */
function put(option, id, name) {
  if (option.value !== id) option.value = id;
  if (option.text !== name) option.text = name;
}
