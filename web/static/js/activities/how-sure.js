// @ts-check
/** How sure we are of each result: from 1 to 10, hidden until all are shown. */

import { brings } from "../brought.js";

const VALUES = Array.from({ length: 10 }, (_, at) => at + 1);

export function howSure() {
  return () => ({
    again: false,
    /** What a number means, from 1 to 3, to 7, to 10. @param {number} mean */
    meaning(mean) { return mean < 4 ? "at risk" : mean < 8 ? "with issues" : "on track"; },
  });
}

/** One's own number for one result. @param {{room: import("../room.js").Room}} ports */
export function sureOf({ room }) {
  return (/** @type {string} */ result) => ({
    values: VALUES,
    get own() { return ((/** @type {any} */ (room.lookMine("mine"))).sure ?? []).find((/** @type {any} */ one) => one.result === result); },
    get chosen() { return this.own?.value ?? 0; },
    get reason() { return this.own?.text ?? ""; },
    /** With the reason as it stands in its field, or as it was said before there is one. @param {number} value */
    pick(value) {
      const { why } = /** @type {any} */ (this).$refs;
      room.send("say_how_sure", { result, value, text: why?.value ?? this.reason }, [`sure.${result}`]);
    },
    say() { if (this.chosen) this.pick(this.chosen); },
  });
}

brings({ howSure, sureOf });
