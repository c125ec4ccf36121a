// @ts-check
/** What was sent and not yet answered; kept across reloads, so that nothing anybody wrote is lost. */

/** @import {Command, Shelf} from "./types.js" */
/** @typedef {ReturnType<typeof outbox>} Outbox */

/**
 * @param {Shelf} shelf
 * @param {string} name
 */
export function outbox(shelf, name) {
  /** @type {Command[]} */
  let kept = read(shelf, name, []);

  function save() {
    write(shelf, name, kept);
  }

  return {
    /** @param {Command} command */
    keep(command) {
      kept = [...kept, command];
      save();
    },
    /** @param {string} id */
    settle(id) {
      const before = kept.length;
      kept = kept.filter((command) => command.id !== id);
      if (kept.length !== before) save();
    },
    /** @param {string} id */
    find: (id) => kept.find((command) => command.id === id),
    waiting: () => kept,
  };
}

/**
 * A shelf may be full, closed or hold something else; then things are kept in memory only.
 * @template T
 * @param {Shelf} shelf
 * @param {string} name
 * @param {T} otherwise
 * @returns {T}
 */
export function read(shelf, name, otherwise) {
  try {
    const found = JSON.parse(shelf.getItem(name) ?? "null");
    return found ?? otherwise;
  } catch {
    return otherwise;
  }
}

/**
 * @param {Shelf} shelf
 * @param {string} name
 * @param {unknown} thing
 */
export function write(shelf, name, thing) {
  try {
    shelf.setItem(name, JSON.stringify(thing));
  } catch {
    return;
  }
}
