// @ts-check
/** The big screen: one thing at a time, at most twelve items, then pages that turn by themselves. */

import { register } from "../brought.js";
import { pages } from "../pages-of-items.js";
import { keepFitting } from "../fitting.js";
import { begin } from "../session-page.js";

const TURN = 8000;

document.addEventListener("alpine:init", () => {
  const Alpine = /** @type {any} */ (window).Alpine;
  const ports = begin(Alpine, { screen: true });
  const { room, clock } = ports;
  register(Alpine, ports);

  Alpine.data("bigScreen", () => ({
    turn: 0,
    sound: false,
    init() {
      keepFitting(/** @type {HTMLElement} */ (document.querySelector("main")));
      setInterval(() => { this.turn += room.step.activity === "shortlist" ? 0 : 1; }, TURN);
      Alpine.effect(() => {
        const { stage, shown, collecting } = /** @type {any} */ (room.step);
        void [room.step.run, stage, shown, collecting];
        this.turn = 0;
      });
    },
    get page() { return this.pages ? this.turn % this.pages : 0; },
    get lit() { return room.attention.spotlight; },
    get line() { return this.lit.startsWith("line:") ? this.lit.slice(5) : ""; },
    get litWords() { return this.line || room.things["result:" + this.lit]?.text || room.things["objective:" + this.lit]?.text || room.wording(this.lit); },
    get early() { return room.step.activity === "lobby"; },
    get closed() { return room.session.state === "closed"; },
    get turned() { return pages(room.wall(room.stepOf("gather").pile), (id) => room.wording(id), 3, 26); },
    get pages() { return this.turned.length; },
    get shown() { return this.turned[this.page] ?? []; },
    get status() {
      return { step: "", behind: "Catching up", sending: "", lost: "No connection" }[room.status];
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
