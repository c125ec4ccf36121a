// @ts-check
/** What can be picked from a list of many: made without a template for each, which takes six times as long. */

/** @typedef {HTMLSelectElement & {_x_model?: {get: () => string}, _x_forceModelUpdate?: (value: string) => void}} Picker */

/**
 * `x-choices="list"` on a select: `{id, name}` each, after what stands in it already. What was picked stays picked.
 * @param {any} Alpine
 */
export function choices(Alpine) {
  Alpine.directive("choices", (/** @type {Picker} */ select, /** @type {any} */ { expression }, /** @type {any} */ { evaluateLater, effect }) => {
    const read = evaluateLater(expression);
    const fixed = select.options.length;
    effect(() => read((/** @type {readonly {id: string, name: string}[]} */ list = []) => {
      const picked = select.value;
      list.forEach(({ id, name }, at) => put(select.options[fixed + at] ?? select.appendChild(new Option()), id, name));
      while (select.options.length > fixed + list.length) select.remove(select.options.length - 1);
      stay(select, picked);
    }));
  });
}

/** What is as it was stays untouched, for the list may be open. @param {HTMLOptionElement} option @param {string} id @param {string} name */
function put(option, id, name) {
  if (option.value !== id) option.value = id;
  if (option.text !== name) option.text = name;
}

/** What was picked, or what the model says, wherever it stands now; the first choice where it is gone. @param {Picker} select @param {string} picked */
function stay(select, picked) {
  if (select._x_model) return select._x_forceModelUpdate?.(select._x_model.get());
  if (select.value !== picked) select.value = picked;
  if (select.selectedIndex < 0) select.selectedIndex = 0;
}
