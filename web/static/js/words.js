// @ts-check
/** Words that were typed and are not stored yet: kept as they are typed, and offered wherever their field is gone. */

/** @import {Shelf} from "./shelf.js" */
/** @typedef {ReturnType<typeof words>} Words */
/** @typedef {{do: string, phase?: string, fields: Record<string, any>}} Late what files the words after all */
/**
 * @typedef {{field: string, run: string, text: string, title: string, at: number, say?: string, apart?: boolean, over?: string[], late?: Late}} Typed
 * `say` is why they were refused; `apart`: the field holds other words by now; `over`: what was offered there, and
 *   was written on
 */

/**
 * @param {{shelf: Shelf, scope: string, page: string, now?: () => number, holds?: (field: string) => string, sent?: () => Typed[]}} ports
 *   `page` tells apart tabs of one browser: each writes its own entry of a field, and takes no other's away but what
 *   it was offered and sent; `holds` says what a field on this page holds now, `sent` what is not answered yet, the oldest first
 */
export function words({ shelf, scope, page, now = Date.now, holds = () => "", sent = () => [] }) {
  const prefix = `waggle.words|${scope}|`;
  let count = 0;
  /** Fields on this page now. @type {Map<string, number>} */
  const shown = new Map();

  /** @param {string} field @param {string} run */
  const place = (field, run) => `${encodeURIComponent(field)}|${encodeURIComponent(run)}`;
  /** @param {string} field @param {string} run */
  const name = (field, run) => `${prefix}${place(field, run)}|${page}`;
  /** @returns {[string, Typed][]} */
  const all = () => shelf.names(prefix).map((key) => /** @type {[string, Typed]} */ ([key, shelf.read(key)]))
    .filter(([, typed]) => typed && typeof typed.text === "string");
  /** @param {string} field @param {string} run */
  const of = (field, run) => all().filter(([, typed]) => typed.field === field && typed.run === run && !typed.apart);
  /** What was typed on this page and is on it still. @type {Map<string, Typed>} */
  const mine = new Map();
  /** This tab's entry, and whatever else says one of these. @param {string} field @param {string} run @param {string[]} texts */
  const remove = (field, run, texts) => {
    mine.delete(name(field, run));
    of(field, run).filter(([key, typed]) => key === name(field, run) || texts.some((text) => same(text, typed.text)))
      .forEach(([key]) => shelf.remove(key));
  };

  return {
    /** What is kept of fields that are not on this page, the oldest first. @type {(Typed & {id: string})[]} */
    loose: [],
    /** Counts up with every change, so that what shows a field looks again. */
    turn: 0,
    keeps: shelf.keeps,

    /** @param {Typed} typed */
    keep(typed) {
      const key = name(typed.field, typed.run);
      if (typed.text.trim()) {
        mine.set(key, { ...typed, at: now() });
        shelf.write(key, mine.get(key));
      } else {
        remove(typed.field, typed.run, [...(typed.over ?? []), this.own(typed.field, typed.run)?.text ?? ""]);
        this.look();
      }
      this.keeps = shelf.keeps;
    },
    /** Another tab wrote, sent or threw away: what still stands on this page is kept all the same. */
    heard() {
      mine.forEach((typed, key) => { if (!shelf.read(key)) shelf.write(key, typed); });
      this.look();
    },
    /** What this tab keeps of a field. @param {string} field @param {string} run @returns {Typed | undefined} */
    own: (field, run) => of(field, run).find(([key]) => key === name(field, run))?.[1],
    /** What this tab keeps of a field, or what any keeps that says this. @param {string} field @param {string} run @param {string} text */
    saying(field, run, text) {
      return this.own(field, run) ?? of(field, run).map(([, typed]) => typed).find((typed) => same(typed.text, text));
    },
    /** What this tab keeps of a field, or else the newest of another. @param {string} field @param {string} run */
    find(field, run) {
      return this.own(field, run) ?? of(field, run).map(([, typed]) => typed).sort((a, b) => b.at - a.at).at(0);
    },
    /** What was sent from a field and is not answered yet. @param {string} field @param {string} run */
    underWay: (field, run) => sent().filter((typed) => typed.field === field && typed.run === run).at(-1)?.text,
    /** The words of these fields leave with a command. @param {string[]} fields @param {string} run @returns {Typed[]} */
    take(fields, run) {
      const found = fields.map((field) => this.saying(field, run, holds(field))).filter((typed) => typed !== undefined);
      found.forEach((typed) => remove(typed.field, run, [typed.text, ...(typed.over ?? [])]));
      this.look();
      return found;
    },
    /** Nobody needs them any more. @param {string} field @param {string} [run] */
    drop(field, run = "") {
      const typed = this.saying(field, run, holds(field));
      remove(field, run, typed ? [typed.text, ...(typed.over ?? [])] : []);
      this.look();
    },
    /** Words that were not counted come back: to their field, or beside it where it holds others by now. @param {Typed} typed @param {string} say */
    back(typed, say) {
      const held = holds(typed.field);
      const free = !held.trim() || same(held, typed.text);
      const key = free ? name(typed.field, typed.run) : `${name(typed.field, typed.run)}.${(count += 1)}`;
      const given = { ...typed, at: typed.at || now(), say, apart: !free };
      shelf.write(key, given);
      if (free) mine.set(key, given);
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
      if (!shown.get(key)) mine.delete(name(field, run));
      queueMicrotask(() => this.look());
    },
    look() {
      this.turn += 1;
      this.loose = all().filter(([, typed]) => typed.apart || !(shown.get(place(typed.field, typed.run)) ?? 0))
        .sort((a, b) => a[1].at - b[1].at).map(([id, typed]) => ({ ...typed, id }));
    },
  };
}

/** @param {string} a @param {string} b */
function same(a, b) { return a.trim() === b.trim() && a.trim() !== ""; }
