// @ts-check
/** Words that were typed and are not stored yet: kept as they are typed, and offered wherever their field is gone. */

/** @import {Shelf} from "./shelf.js" */
/** @typedef {ReturnType<typeof words>} Words */
/** @typedef {{do: string, phase?: string, fields: Record<string, any>}} Late what files the words after all */
/**
 * @typedef {{field: string, run: string, text: string, title: string, at: number, say?: string, apart?: boolean, late?: Late}} Typed
 * `say` is why they were refused; `apart`: the field holds other words by now
 */

/**
 * @param {{shelf: Shelf, scope: string, page: string, now?: () => number}} ports `page` tells apart tabs of one
 *   browser, so that none writes over what another keeps
 */
export function words({ shelf, scope, page, now = Date.now }) {
  const prefix = `waggle.words|${scope}|`;
  let count = 0;
  /** Fields on this page now. @type {Map<string, number>} */
  const shown = new Map();

  /** @param {string} field @param {string} run */
  const place = (field, run) => `${encodeURIComponent(field)}|${encodeURIComponent(run)}`;
  /** @param {string} field @param {string} run */
  const own = (field, run) => `${prefix}${place(field, run)}|${page}`;
  /** @returns {[string, Typed][]} */
  const all = () => shelf.names(prefix).map((name) => /** @type {[string, Typed]} */ ([name, shelf.read(name)]))
    .filter(([, typed]) => typed && typeof typed.text === "string");
  /** @param {string} field @param {string} run */
  const of = (field, run) => all().filter(([, typed]) => typed.field === field && typed.run === run && !typed.apart);

  return {
    /** What is kept of fields that are not on this page, the oldest first. @type {(Typed & {id: string})[]} */
    loose: [],
    /** Counts up with every change, so that what shows a field looks again. */
    turn: 0,
    keeps: shelf.keeps,

    /** @param {Typed} typed */
    keep(typed) {
      const name = own(typed.field, typed.run);
      if (typed.text.trim()) shelf.write(name, { ...typed, at: now() });
      else this.drop(typed.field, typed.run);
      this.keeps = shelf.keeps;
    },
    /** The newest words of a field, whichever tab they were typed in. @param {string} field @param {string} run */
    find(field, run) {
      return of(field, run).map(([, typed]) => typed).sort((a, b) => b.at - a.at).at(0);
    },
    /** The words of these fields leave with a command. @param {string[]} fields @param {string} run @returns {Typed[]} */
    take(fields, run) {
      const found = fields.map((field) => this.find(field, run)).filter((typed) => typed !== undefined);
      fields.forEach((field) => this.drop(field, run));
      return found;
    },
    /** Nobody needs them any more. @param {string} field @param {string} [run] */
    drop(field, run = "") {
      of(field, run).forEach(([name]) => shelf.remove(name));
      this.look();
    },
    /** Words that were not counted come back. @param {Typed} typed @param {string} say @param {string} held what the field holds by now */
    back(typed, say, held) {
      const free = !held.trim() || held === typed.text;
      const name = free ? own(typed.field, typed.run) : `${own(typed.field, typed.run)}.${(count += 1)}`;
      shelf.write(name, { ...typed, at: typed.at || now(), say, apart: !free });
      this.keeps = shelf.keeps;
      this.look();
    },
    /** Put away by hand. @param {string} id */
    putAway(id) {
      shelf.remove(id);
      this.look();
    },

    /** @param {string} field @param {string} run @param {boolean} on */
    show(field, run, on) {
      const key = place(field, run);
      shown.set(key, (shown.get(key) ?? 0) + (on ? 1 : -1));
      queueMicrotask(() => this.look());
    },
    look() {
      this.turn += 1;
      this.loose = all().filter(([, typed]) => typed.apart || !(shown.get(place(typed.field, typed.run)) ?? 0))
        .sort((a, b) => a[1].at - b[1].at).map(([id, typed]) => ({ ...typed, id }));
    },
  };
}
