// @ts-check
/** Free-text fields: `x-words` keeps what is typed, `x-shows` says what the server says and never covers it. */

/** @import {Late, Words} from "./words.js" */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */
/** @typedef {{field: string, late?: Late}} Named */

/**
 * Keep a field's words; returns what lets go of it.
 *
 * The field says `written` when somebody has written in it, and when what it is offered was never refused: only that
 * may send itself.
 * @param {Field} element
 * @param {Words} words
 * @param {{run: () => string, title: () => string}} ports
 */
export function keeping(element, words, { run, title }) {
  /** @type {Named} */
  let named = { field: "" };
  let at = "";
  /** Words of another tab, or of this one before it was loaded again, that stand here as they came. */
  let offered = "";
  /** @type {string[]} */
  let over = [];
  let putting = false;
  const typing = () => {
    warn(element);
    if (putting || !named.field) return;
    words.keep({ ...named, run: at, text: element.value, title: title(), at: 0, over });
    offered = "";
    if (!element.value.trim()) over = [];
    element.dispatchEvent(new Event("written"));
  };
  /** @param {string} text */
  const put = (text) => {
    if (text === element.value) return;
    putting = true;
    element.value = text;
    element.dispatchEvent(new Event("input", { bubbles: true }));
    putting = false;
  };
  const arrive = () => {
    const found = words.find(named.field, at);
    if (!found) return;
    if (!words.own(named.field, at)) offered = found.text;
    over = [...(offered ? [offered] : []), ...(found.over ?? [])];
    put(found.text);
    if (!found.say) element.dispatchEvent(new Event("written"));
  };
  element.addEventListener("input", typing);

  return {
    /** @param {Named} now */
    name(now) {
      const same = named.field === now.field && at === run();
      if (same) { named = now; return; }
      if (named.field) words.show(named.field, at, false);
      [named, at, offered, over] = [now, run(), "", []];
      if (!named.field) return;
      words.show(named.field, at, true);
      arrive();
    },
    /** What this tab wrote and was given back goes into its field again. */
    again() {
      const own = words.own(named.field, at);
      if (own) put(own.text);
    },
    get field() { return named.field; },
    /** What stands here and is not sent. */
    get found() { return named.field ? words.saying(named.field, at, offered) : undefined; },
    get underWay() { return named.field ? words.underWay(named.field, at) : undefined; },
    drop() { if (named.field) words.drop(named.field, at); },
    end() {
      element.removeEventListener("input", typing);
      if (named.field) words.show(named.field, at, false);
    },
  };
}

/** How few characters are left when that is said. */
const NEAR = 40;

/** Say how much still fits where it is not much, and that words are too long; nothing is ever cut. @param {Field} element */
function warn(element) {
  const most = Number(element.dataset.most ?? 0);
  const length = [...element.value.trim()].length;
  let line = /** @type {HTMLElement | null} */ (element.nextElementSibling);
  if (!line?.matches(".too-long")) line = null;
  const left = most - length;
  if (element.form?.method === "post") element.setCustomValidity("");
  if (!most || left > Math.min(NEAR, most / 4)) { line?.remove(); return; }
  if (!line) {
    line = Object.assign(document.createElement("span"), { className: "too-long" });
    element.after(line);
  }
  line.classList.toggle("is-near", left >= 0);
  if (left >= 0) {
    line.removeAttribute("role");
    line.textContent = left === 1 ? "1 character left" : `${left} characters left`;
    return;
  }
  line.setAttribute("role", "status");
  line.textContent = `${length.toLocaleString("en")} characters; ${most.toLocaleString("en")} is the most that fits. Nothing is cut: shorten it.`;
  // A form that leaves its page would come back as another page: it waits until everything fits.
  if (element.form?.method === "post") element.setCustomValidity(line.textContent);
}

/**
 * @param {any} Alpine
 * @param {Words} words
 * @param {{run: () => string, title: () => string}} ports
 */
export function fields(Alpine, words, ports) {
  Alpine.directive("words", (/** @type {any} */ element, /** @type {any} */ { expression }, /** @type {any} */ { evaluateLater, effect, cleanup }) => {
    const kept = keeping(element, words, ports);
    element.waggleWords = kept;
    const read = evaluateLater(expression);
    let [gone, named] = [false, false];
    // After x-model has put its own value there; later, after all that is drawn in that turn: what it puts there is drawn in the next.
    queueMicrotask(() => effect(() => read((/** @type {any} */ said) => {
      const name = () => { if (!gone) kept.name(typeof said === "string" ? { field: said } : said ?? { field: "" }); };
      if (named) queueMicrotask(name);
      else name();
      named = true;
    })));
    effect(() => { void words.turn; queueMicrotask(() => { if (document.activeElement !== element || !element.value) kept.again(); }); });
    cleanup(() => { gone = true; kept.end(); });
  });

  Alpine.directive("shows", (/** @type {any} */ field, /** @type {any} */ { expression }, /** @type {any} */ { evaluateLater, effect }) => {
    const read = evaluateLater(expression);
    let told = "";
    const show = () => {
      const kept = field.waggleWords;
      if (document.activeElement !== field && !kept?.found) field.value = kept?.underWay ?? told;
    };
    effect(() => read((/** @type {any} */ value) => {
      told = value === null || value === undefined ? "" : String(value);
      queueMicrotask(show);
    }));
    effect(() => { void words.turn; queueMicrotask(show); });
    // Left as the server has it: there is nothing to keep.
    field.addEventListener("change", () => { if (field.value === told) field.waggleWords?.drop(); });
    field.addEventListener("blur", () => queueMicrotask(show));
  });
}
