// @ts-check
/** Results one by one: what is said of the one that is up. */

import { brings } from "../brought.js";

/** @param {{room: import("../room.js").Room}} ports */
export function reviewShared({ room }) {
  return () => ({
    get it() {
      const { reviewed = [], up = "" } = room.stepOf("review_shared");
      return reviewed.find((row) => row.result === up) ?? { result: "", text: "", lead: "", said: /** @type {Record<string, string>} */ ({}), mean: 0, stuck: /** @type {string[]} */ ([]) };
    },
    /** @param {string} part @param {Event} event */
    say(part, event) {
      const { value } = /** @type {HTMLInputElement} */ (event.target);
      const { result } = this.it;
      const was = this.it.said[part] ?? "";
      if (value !== was) room.send("say_progress", { result, part, text: value, was }, [`review.${result}.${part}`]);
    },
    /** @param {string} result */
    putUp(result) { room.send("put_up_result", { result }); },
  });
}

brings({ reviewShared });
