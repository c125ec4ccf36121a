// @ts-check
/** The big screen: one thing at a time, at most twelve items, then pages that turn by themselves or by the facilitator. */

import { register } from "../brought.js";
import { columns, lines, pages, paging, walls } from "../pages-of-items.js";
import { keepFitting } from "../fitting.js";
import { begin } from "../session-page.js";

const TURN = 9000;
/** How long what has just been shown is new. */
const FRESH = 1400;

document.addEventListener("alpine:init", () => {
  const Alpine = /** @type {any} */ (window).Alpine;
  const ports = begin(Alpine, { screen: true });
  const { room, clock } = ports;
  register(Alpine, ports);

  Alpine.data("bigScreen", () => ({
    turns: 0,
    sound: false,
    arriving: false,
    /** Whether pages stay until somebody turns them. */
    still: matchMedia("(prefers-reduced-motion: reduce)").matches,
    stop() { this.still = !this.still; },
    turnPage() { this.turns += 1; },
    init() {
      keepFitting(/** @type {HTMLElement} */ (document.querySelector("main")));
      setInterval(() => { this.turns += this.listed || this.still ? 0 : 1; }, TURN);
      let [run, before] = ["", ""];
      Alpine.effect(() => {
        const { stage, shown, collecting } = /** @type {any} */ (room.step);
        const now = `${stage} ${shown} ${collecting}`;
        const [another, other] = [run !== room.step.run, now !== before];
        [run, before] = [room.step.run, now];
        // After all that is drawn in this turn: what was drawn of the page that was up is drawn once more.
        if (another || other) queueMicrotask(() => { this.turns = 0; });
        if (other && !another) this.arrive();
      });
    },
    /** What was hidden until now is shown, and moves while it is new. */
    arrive() {
      this.arriving = true;
      setTimeout(() => { this.arriving = false; }, FRESH);
    },
    /** The page that is up: the one that is held, or the one whose turn it is. */
    get turn() { return room.attention.page ? room.attention.page - 1 : this.turns; },
    /** Whether the facilitator holds a page. */
    get held() { return Boolean(room.attention.page); },
    get lit() { return room.attention.spotlight; },
    get line() { return this.lit.startsWith("line:") ? this.lit.slice(5) : ""; },
    get result() { return room.look("result", this.lit); },
    get litWords() { return this.line || this.result.text || room.look("objective", this.lit).text || room.words(this.lit); },
    get litFigures() {
      const { baseline, target, unit = "" } = this.result;
      if (baseline === undefined && target === undefined) return room.figures(this.lit);
      return [`${baseline ?? "?"}`, `${target ?? "?"} ${unit}`.trim()];
    },
    /** Who carries it, and what counts: a result is read back whole. */
    get litMore() {
      const { metric = "", lead_names: names = [] } = this.result;
      return [metric, names.join(" and ")].filter(Boolean).join(" · ");
    },
    get early() { return room.step.activity === "lobby"; },
    get closed() { return room.session.state === "closed"; },
    /** A step that shows the clock in its middle needs none above. */
    get resting() { return !this.lit && (room.step.activity === "pause" || Boolean(room.stepOf("gather").private)); },
    /** How many are done says something. */
    get counting() { return room.counts.people > 0 && !this.early && !this.closed && room.step.waits && !room.stepOf("vote").budget; },
    get leaning() { return Boolean(room.look("ballot", room.stepOf("vote").ballot).later); },
    /** The shortlist stands still. */
    get listed() { return Boolean(room.stepOf("shortlist").items); },
    get turned() {
      const { ballot, pile } = room.stepOf("vote");
      const themes = room.stepOf("themes").themes;
      if (themes) return pages(themes.map(({ item }) => item), (id) => room.wording(id), 1, 60, 11);
      // The comb stands alone while people vote.
      if (room.step.activity === "vote" && !room.stepOf("vote").shown) return [];
      const voted = room.look("ballot", ballot).shown;
      return voted ? lines(room, room.stepOf("shortlist").ranked ?? room.wall(pile)) : walls(room, room.wall(pile));
    },
    get page() { return this.turned.length ? this.turn % this.turned.length : 0; },
    get paging() {
      const { of, heard } = room.stepOf("listen");
      if (this.lit || this.early || this.closed) return "";
      if (of) return `${heard} of ${of}`;
      return room.stepOf("gather").collecting || !room.stepOf("gather").pile ? "" : paging(this.turned, this.page);
    },
    get columns() { return columns(this.shown.length); },
    get shown() { return this.turned[this.page] ?? []; },
    get status() {
      return { step: "", behind: "Catching up", sending: "", lost: "No connection" }[room.status];
    },
    get clock() { return clock.text; },
    bell: "",
    nextBell() {
      const magic = /** @type {any} */ (this).$bell;
      magic.choose();
      magic.ring();
      this.bell = magic.word;
    },
    allowSound() {
      const magic = /** @type {any} */ (this).$bell;
      magic.allow();
      magic.ring();
      this.sound = true;
      this.bell = magic.word;
    },
  }));
});
