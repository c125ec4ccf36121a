// @ts-check
/** Unsent words: kept while one types, across reloads, and offered again when the step has passed. */

/** @import {Shelf} from "./types.js" */
import { read, write } from "./outbox.js";

/**
 * @param {Shelf} shelf
 * @param {string} name
 */
export function words(shelf, name) {
  /** @type {Record<string, {text: string, baseline?: string, target?: string, title: string}>} */
  let kept = read(shelf, name, {});
  return {
    /** @param {string} run */
    of: (run) => kept[run],
    /** @param {string} run @param {{text: string, baseline?: string, target?: string, title: string}} typed */
    keep(run, typed) {
      if (typed.text.trim()) kept = { ...kept, [run]: typed };
      else kept = Object.fromEntries(Object.entries(kept).filter(([key]) => key !== run));
      write(shelf, name, kept);
    },
    /** What was typed in steps that have passed. @param {string} run */
    unsent: (run) => Object.entries(kept).filter(([key]) => key !== run).map(([key, typed]) => ({ run: key, ...typed })),
  };
}
