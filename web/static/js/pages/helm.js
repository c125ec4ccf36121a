// @ts-check
/** The facilitator's page: one main button, the clock, who wants to speak, and everything else folded. */

import { addressOf } from "../here.js";
import { register } from "../brought.js";
import { finish, hour, leftOpen } from "../clock.js";
import { lines, paging, walls } from "../pages-of-items.js";
import { ask, begin } from "../session-page.js";
import { invite } from "./invite.js";
import { prepare } from "./prepare.js";
import { spokenWords } from "../spoken.js";
import { inSight } from "./in-sight.js";

/** What the space bar does: the next one of several. */
const GOES_ON = ["next_item", "read_back", "read_back_next", "next_team"];

document.addEventListener("alpine:init", () => {
  const Alpine = /** @type {any} */ (window).Alpine;
  const ports = begin(Alpine);
  const { room, clock, shelf, paint } = ports;
  // It is open: what the start page kept of its title is not needed any more.
  shelf.names("waggle.words|start|").forEach((name) => shelf.remove(name));
  register(Alpine, ports);
  Alpine.data("prepare", prepare(ports));
  Alpine.data("invite", invite(ports));
  ports.effect(() => inSight(room.step.key));
  addEventListener("resize", () => inSight(room.step.key));

  Alpine.data("helm", () => ({
    more: false,
    hint: false,
    looking: "",
    giving: false,
    names: false,
    last: "",
    /** What is about to be done, as it was when it was pressed. @type {any} */
    confirming: null,
    /** Who is about to be removed. */
    removing: "",

    get status() {
      return { step: "In step", behind: "Catching up", sending: "Sending what you wrote", lost: "No connection. The session goes on." }[room.status];
    },
    get closed() { return room.session.state === "closed"; },
    /** Nobody has to say that they are done here. */
    get talking() { return !room.step.waits; },
    /** A wall with many notes: it needs the room that the plan takes elsewhere. */
    get walled() { return !this.lobby && room.wall(room.stepOf("gather").pile).length > 6; },
    /** The pages of the big screen, as it turns them. */
    get turned() {
      const { ballot, pile } = room.stepOf("vote");
      const voted = room.look("ballot", ballot).shown;
      return voted ? lines(room, room.stepOf("shortlist").ranked ?? room.wall(pile)) : walls(room, room.wall(pile));
    },
    get held_page() { return room.attention.page ? paging(this.turned, Math.min(room.attention.page, this.turned.length) - 1) : ""; },
    /** @param {number} by */
    turn(by) {
      const [count, now] = [this.turned.length, room.attention.page ?? 0];
      room.send("hold_page", { page: now ? ((now - 1 + by + count) % count) + 1 : by > 0 ? 1 : count });
    },
    letTurn() { room.send("hold_page", { page: 0 }); },
    get lobby() { return room.step.activity === "lobby"; },
    get finish() { return hour(finish(room.plan, room.step, clock.now)); },
    /** Whether the session goes by the clock: nobody waits for the end of one that is open over days. */
    get byClock() { return !room.plan.some((/** @type {any} */ step) => step.days); },
    get over() {
      if (!room.session.began) return 0;
      const end = room.session.began + room.session.minutes * 60_000;
      return Math.round((finish(room.plan, room.step, clock.now) - end) / 60_000);
    },
    get later() {
      const at = room.plan.findIndex((/** @type {any} */ p) => p.key === room.step.key);
      return room.plan.slice(at + 1).filter((/** @type {any} */ p) => !p.left_out && p.minutes > 1);
    },
    get undoable() {
      const last = Math.max(room.step.moved ?? 0, room.look("removed").at ?? 0);
      return last > 0 && clock.now - last < 20_000;
    },
    get held() { return room.step.left !== null && room.step.left !== undefined; },
    get unready() {
      return room.ids("person")
        .filter((id) => room.look("person", id).roles?.includes("participant") && !room.crew.done.includes(id))
        .map((id) => room.name(id));
    },
    /** @param {string} key */
    past(key) {
      const keys = room.plan.map((/** @type {any} */ p) => p.key);
      // What was skipped has no tick.
      const begun = room.script.steps.some((/** @type {any} */ step) => step.key === key && step.begun);
      return !this.lobby && begun && keys.indexOf(key) < keys.indexOf(room.step.key);
    },
    /** @param {string} step @param {Event} event */
    remind(step, event) {
      const { value } = /** @type {HTMLTextAreaElement} */ (event.target);
      const was = room.look("reminder", step).text ?? "";
      if (value !== was) room.send("remind", { step, text: value, was }, ["own." + step]);
    },
    /** @param {string} key */
    look(key) { this.looking = this.looking === key || key === room.step.key ? "" : key; },
    /** @param {string} step */
    goTo(step) {
      room.send("go_to", { step });
      this.looking = "";
    },
    get aheadPrompt() { return leftOpen(this.ahead.reads); },
    get aheadLasts() {
      const days = room.plan.find((/** @type {any} */ step) => step.key === this.looking)?.days;
      return days ? `It stays open for ${days} working days.` : this.ahead.minutes === 1 ? "1 minute." : `${this.ahead.minutes} minutes.`;
    },
    get aheadTitle() { return leftOpen(this.ahead.title); },
    /** @returns {any} */
    get ahead() { return room.script.steps.find((/** @type {any} */ p) => p.key === this.looking) ?? {}; },

    press() {
      const { do: name, fields, label, open_ends: ends = [] } = room.main;
      if (name === "close_session" || ends.length) { this.confirming = { name, fields, label, run: room.step.run }; return; }
      room.send(name, fields);
    },
    /** What is not settled yet, as it is now: people go on while this is asked. */
    get ends() { return room.main.open_ends ?? []; },
    get closing() { return this.confirming.name === "close_session"; },
    goOn() {
      const { name, fields } = this.confirming;
      const closing = this.closing;
      this.confirming = null;
      room.send(name, closing ? { phase: "" } : fields);
    },
    /** What the server asks back: something is not shown yet, was shown before, or few have voted. */
    get asking() { return room.kept?.code ?? ""; },
    get askedWords() { return room.kept?.say ?? ""; },
    /** Send what was refused again, with its answer. @param {Record<string, any>} more */
    answerWith(more) {
      const { do: name, id, ...fields } = room.kept.asked;
      this.stay();
      room.send(name, { ...fields, ...more });
    },
    stay() {
      this.confirming = null;
      room.kept = null;
    },
    back() {
      const { round, stage } = /** @type {any} */ (room.step);
      room.send("previous_phase", stage ? { after: `${round} ${stage}` } : {});
    },
    /** @param {any} made */
    withdraw(made) { room.send("withdraw_link", { made: made.id }); },
    /** What was done in somebody's name, in words. @param {any} made */
    doneWords(made) { return spokenWords(made, (id) => room.name(id)); },
    get spoken() { return room.look("spoken").done ?? []; },
    /** @param {any} made */
    mayWithdraw(made) { return ["link", "cofacilitator", "screen"].includes(made.how) && !["refused", "withdrawn"].includes(made.state); },
    undo() { room.send("undo"); },
    /** @param {number} minutes */
    add(minutes) { room.send("add_minutes", { minutes }); },
    /** @param {string} step */
    takeFrom(step) { room.send("add_minutes", { minutes: -1, step }); },
    hold() { room.send("hold_clock", { on: !this.held }); },
    stop() { room.send("stop_input", { on: !room.step.stopped }); },
    /** @param {string} person */
    lower(person) { room.send("hand", { on: false, person }); },
    draw() { room.send("draw_order", { last: this.last ? [this.last] : [] }); },
    putAway() { room.send("draw_order", { on: false }); },
    /** @param {string} item */
    light(item) { room.send("spotlight", { item: room.attention.spotlight === item ? "" : item }); },
    /** @param {string} person */
    remove(person) { room.send("remove_person", { person }); this.removing = ""; },
    /** @param {string} person */
    beginRemoving(person) { this.removing = person; },
    /** @param {string} person */
    letIn(person) { room.send("let_in", { person }); },
    /** @param {string} person @param {Event} event */
    rename(person, event) {
      const name = /** @type {HTMLFormElement} */ (event.target).querySelector("input")?.value ?? "";
      if (name.trim()) room.send("rename", { person, name }, [`called.${person}`]);
    },
    /** @param {string} person */
    handOver(person) { room.send("hand_over", { person }); },
    /** @param {string} person */
    handBack(person) { room.send("hand_back", { person }); },
    /** Who was handed it may give it back, while somebody else facilitates. @param {string} person */
    mayHandBack(person) {
      const steer = room.ids("person").filter((id) => room.look("person", id).roles?.includes("facilitator"));
      return steer.includes(person) && steer.length > 1 && room.takingPart.includes(person);
    },
    /** @param {string} person */
    othersThan(person) { return room.ids("person").filter((id) => id !== person); },
    /** @param {any} known @param {boolean} yes */
    recognise(known, yes) { room.send("recognise", { person: known.person, yes }); },
    /** @param {any} known */
    knownWords(known) {
      return `Somebody joined as “${known.name}”, a name the record knows${known.sponsors ? " as the sponsor’s, who locks goals" : ""}. Is it them?`;
    },
    get known() { return room.look("known").people ?? []; },
    /** @param {string} keep @param {string} drop */
    merge(keep, drop) { if (drop) room.send("merge_people", { keep, drop }); },
    /** @param {any} claim @param {boolean} yes */
    answer(claim, yes) { room.send("answer_claim", { claim: claim.id, yes }); },
    /** @param {string} note */
    unhide(note) { room.send("hide_note", { note, hidden: false }); },
    toggleMore() { this.more = !this.more; },
    toggleHint() { this.hint = !this.hint; },
    /** What the goal is asked by itself, as far as a hint holds it. */
    get worth() { return room.ids("finding").filter((key) => room.look("finding", key).state === "open").slice(0, 3); },
    toggleGiving() { this.giving = !this.giving; },
    toggleNames() { this.names = !this.names; },
    hush() { room.notice = ""; },
    /** @param {KeyboardEvent} event */
    key(event) {
      const target = /** @type {HTMLElement} */ (event.target);
      if (/INPUT|TEXTAREA|SELECT/.test(target.tagName) || document.querySelector("dialog[open]")) return;
      // Wherever the focus is, the space bar goes on from one thing to the next.
      if (event.key === " " && GOES_ON.includes(room.main.do)) {
        event.preventDefault();
        this.press();
      }
      if (/BUTTON|A|SUMMARY/.test(target.tagName)) return;
      // A clicker sends the keys of pages: through the wall's pages first, then on.
      if (event.key === "PageDown" || event.key === "PageUp") {
        event.preventDefault();
        this.click(event.key === "PageDown" ? 1 : -1);
      }
    },
    /** @param {number} by */
    click(by) {
      const page = (room.attention.page ?? 0) + by;
      if (this.turned.length > 1 && page > 0 && page <= this.turned.length) room.send("hold_page", { page });
      else if (by > 0 && !this.closed) this.press();
    },
    /** @param {Event} event */
    sayName(event) {
      const name = /** @type {HTMLFormElement} */ (event.target).querySelector("input")?.value ?? "";
      if (name.trim()) room.send("rename", { name }, ["called.me"]);
    },
    init() {
      // Who facilitates no longer takes part as before.
      // Somebody else went on meanwhile: what was asked here is no question any more.
      ports.effect(() => { if (this.confirming && this.confirming.run !== room.step.run) this.confirming = null; });
      ports.effect(() => { if (room.me.person && !room.me.roles.includes("facilitator")) location.replace(addressOf(`/s/${paint.code}`)); });
    },
    async rehearse() {
      room.notice = "Setting up the rehearsal…";
      const answer = await ask(`/api/sessions/${paint.code}/rehearsals`, {});
      if (answer.ok) location.assign(addressOf(answer.go));
      else room.notice = answer.say;
    },
  }));
});
