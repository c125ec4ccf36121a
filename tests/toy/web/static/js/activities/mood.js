// @ts-check
/** One word, and all of them once they are shown. */

import { brings } from "../brought.js";

/** @param {{room: import("../../../../../web/static/js/room.js").Room}} ports */
export function mood({ room }) {
  return () => ({
    word: "",
    get mine() { return room.mineOf("mood").word ?? ""; },
    get words() { return (room.look("mood").words ?? []).join(", "); },
    say() {
      room.send("say_mood", { word: this.word }, ["mood"]);
      this.word = "";
    },
  });
}

brings({ mood });
