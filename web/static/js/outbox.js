// @ts-check
/** What was sent and not yet answered, one entry each: kept across reloads, and sent by whichever tab is open. */

/** @import {Command} from "./types.js" */
/** @import {Shelf} from "./shelf.js" */
/** @import {Typed} from "./words.js" */
/** @typedef {ReturnType<typeof outbox>} Outbox */
/** @typedef {{command: Command, words: Typed[], at: number}} Sent */

/**
 * @param {Shelf} shelf
 * @param {string} scope
 * @param {() => number} [now]
 */
export function outbox(shelf, scope, now = Date.now) {
  const prefix = `waggle.sent|${scope}|`;
  let last = 0;
  /** @returns {[string, Sent][]} */
  const all = () => shelf.names(prefix).map((name) => /** @type {[string, Sent]} */ ([name, shelf.read(name)]))
    .filter(([, sent]) => sent?.command?.id).sort((a, b) => a[1].at - b[1].at);

  return {
    /** @param {Command} command @param {Typed[]} [words] */
    keep(command, words = []) {
      last = Math.max(now(), last + 1);
      shelf.write(`${prefix}${command.id}`, { command, words, at: last });
    },
    /** Answered: it leaves, and what it carried is given back. @param {string} id @returns {Sent | null} */
    settle(id) {
      const sent = this.find(id);
      shelf.remove(`${prefix}${id}`);
      return sent;
    },
    /** @param {string} id @returns {Sent | null} */
    find: (id) => shelf.read(`${prefix}${id}`),
    /** In the order they were sent. */
    waiting: () => all().map(([, sent]) => sent.command),
    /** The words they carry. */
    words: () => all().flatMap(([, sent]) => sent.words ?? []),
  };
}
