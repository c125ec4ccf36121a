// @ts-check
/** Think, feel, do: three short sentences that make one version. */

import { brings } from "../brought.js";

/** @param {{room: import("../room.js").Room}} ports */
export function narrative({ room }) {
  return () => ({
    think: "",
    feel: "",
    do_: "",
    get mine() { return room.own(room.stepOf("phrase").pile); },
    get whole() { return [this.think, this.feel, this.do_].every((words) => words.trim()); },
    put() {
      if (!this.whole) return;
      const [think, feel, do_] = [this.think, this.feel, this.do_].map((words) => words.trim().replaceAll("\n", " "));
      room.send("add_note", { text: `Think: ${think}\nFeel: ${feel}\nDo: ${do_}` }, ["think", "feel", "do"]);
      this.think = this.feel = this.do_ = "";
    },
    /** @param {string} id */
    remove(id) {
      const [think = "", feel = "", do_ = ""] = (room.item(id).text ?? "").split("\n").map((/** @type {string} */ line) => line.replace(/^\w+:\s*/, ""));
      Object.assign(this, { think, feel, do_ });
      room.send("remove_note", { note: id });
    },
    get taken() { return room.stepOf("phrase").narrative ?? {}; },
    /** @param {string} note */
    take(note) { room.send("take_sentence", { note }); },
  });
}

brings({ narrative });
