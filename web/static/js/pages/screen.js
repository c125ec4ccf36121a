// @ts-check
/** The big screen: one thing at a time, at most twelve items, then pages that turn by themselves. */

import { register } from "../activities/index.js";
import { begin } from "../session-page.js";

const PAGE = 12;
const TURN = 8000;

document.addEventListener("alpine:init", () => {
  const Alpine = /** @type {any} */ (window).Alpine;
  const ports = begin(Alpine, { screen: true });
  const { room, clock } = ports;
  register(Alpine, ports);

  Alpine.data("bigScreen", () => ({
    page: 0,
    sound: false,
    init() {
      setInterval(() => { this.page = this.pages > 1 ? (this.page + 1) % this.pages : 0; }, TURN);
    },
    get lit() { return room.attention.spotlight; },
    get line() { return this.lit.startsWith("line:") ? this.lit.slice(5) : ""; },
    get litWords() { return this.line || room.things["result:" + this.lit]?.text || room.things["objective:" + this.lit]?.text || room.wording(this.lit); },
    get early() { return room.step.activity === "lobby"; },
    get closed() { return room.session.state === "closed"; },
    get all() { return room.wall(room.step.pile ?? ""); },
    get pages() { return Math.ceil(this.all.length / PAGE); },
    get shown() {
      const page = Math.min(this.page, Math.max(0, this.pages - 1));
      return this.all.slice(page * PAGE, page * PAGE + PAGE);
    },
    get status() {
      return { step: "", behind: "Catching up", lost: "No connection" }[
        /** @type {"step" | "behind" | "lost"} */ (room.status)];
    },
    get speakers() {
      return room.attention.speaking;
    },
    get clock() { return clock.text; },
    allowSound() {
      const magic = /** @type {any} */ (this).$bell;
      magic.allow();
      magic.ring();
      this.sound = true;
    },
  }));
});
