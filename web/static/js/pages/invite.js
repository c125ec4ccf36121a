// @ts-check
/** Links, folded until asked for: for a co-facilitator, the big screen, somebody's other device, a lent one. */

import { addressOf } from "../here.js";
import { copyLink } from "../copying.js";
import { ask } from "../session-page.js";

/** @param {{room: import("../room.js").Room, words: import("../words.js").Words, paint: {code: string}}} ports */
export function invite({ room, words, paint }) {
  return () => ({
    link: "",
    qr: "",
    what: "",
    name: "",
    copied: false,

    /** @param {string} role @param {string} [person] */
    async make(role, person = "") {
      const answer = await ask(`/api/sessions/${paint.code}/links`, { role, person });
      this.copied = false;
      this.what = { screen: "The big screen", person: `For ${room.name(person)}` }[role] ?? "For a co-facilitator";
      this.link = answer.ok ? answer.url : "";
      if (!answer.ok) room.notice = answer.say;
    },
    async openScreen() {
      const opened = window.open(addressOf(`/s/${paint.code}/screen`), "waggle-screen");
      if (!opened) await this.make("screen");
    },
    async lend() {
      if (!this.name.trim()) return;
      const answer = await ask(`/api/sessions/${paint.code}/lend`, { name: this.name });
      if (answer.ok) {
        words.drop("lend.name", room.step.run);
        this.name = "";
        window.open(addressOf(answer.go), "_blank");
      } else room.notice = answer.say;
    },
    fold() { this.link = ""; },
    typed: "",
    async deleteIt() {
      const answer = await ask(`/api/sessions/${paint.code}/deletion`, { name: this.typed });
      if (answer.ok) location.assign(addressOf(answer.go));
      else room.notice = answer.say;
    },
    async copy() {
      this.copied = await copyLink("made-link", this.link);
    },
  });
}
