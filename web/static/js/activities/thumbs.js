// @ts-check
/** Three large thumbs. Giving one also says that one is done. */

import { brings } from "../brought.js";

export const THUMBS = [
  { key: "up", word: "Up" },
  { key: "sideways", word: "Sideways" },
  { key: "down", word: "Down" },
];

/** @param {{room: import("../room.js").Room}} ports */
export function thumbs({ room }) {
  return () => ({
    all: THUMBS,
    get mine() { return room.mineOf("thumbs").thumb ?? ""; },
    /** @param {string} thumb */
    give(thumb) {
      room.send("thumb", { thumb });
      if (!room.me.done) room.send("done", { on: true });
    },
    /** @param {string} thumb */
    who(thumb) {
      const given = room.stepOf("thumbs").thumbs ?? {};
      return Object.keys(given).filter((person) => given[person] === thumb).map((person) => room.name(person));
    },
  });
}

brings({ thumbs });
