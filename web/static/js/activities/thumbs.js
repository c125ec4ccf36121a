// @ts-check
/** Three large thumbs. Giving one also says that one is done. */

import { tells } from "../aloud.js";
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
    get waiting() {
      const { people, done } = room.counts;
      if (!people) return "Nobody is here to give a thumb.";
      return people > done ? `Waiting for ${people - done}.` : people === 1 ? "The thumb is in." : "All thumbs are in.";
    },
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

/** What each showing said: a thumb that is turned afterwards is not the whole of it again. @type {Record<string, string>} */
const shown = {};

/** @param {import("../room.js").Room} room */
function told(room) {
  if (!room.stepOf("thumbs").shown) return "";
  if (shown[room.step.run]) return shown[room.step.run];
  const { who } = thumbs({ room })();
  if (!THUMBS.some(({ key }) => who(key).length)) return "";
  const counted = THUMBS.map(({ key, word }) => `${who(key).length} ${word.toLowerCase()}`);
  shown[room.step.run] = `The thumbs are shown: ${counted.join(", ")}.`;
  return shown[room.step.run];
}

brings({ thumbs });
tells({ thumbs: told });
