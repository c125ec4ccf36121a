// @ts-check
/** Along every step on a phone: Now and Next, the line-up with one's stars, the main room, and help. */

import { brings } from "../brought.js";
import { ask } from "../session-page.js";
import { helpDesk } from "./help-desk.js";
import { programme } from "./programme.js";

/** @param {{room: import("../room.js").Room, paint: {code: string}, clock: {now: number}, effect: (work: () => void) => void}} ports */
export function fairBar({ room, paint, clock, effect }) {
  const fair = programme(room);
  return () => ({
    helping: helpDesk({ room, paint, clock }),
    panel: "",
    /** Where a sign was scanned: one stands there, as soon as something plays. */
    standing: new URLSearchParams(location.search).get("at") ?? "",
    init() {
      effect(() => {
        const act = this.standing ? fair.at(fair.next, this.standing) : undefined;
        if (!act || !fair.part) return;
        this.standing = "";
        this.go(act.id);
      });
    },
    why: "",
    calendar: "",
    get lobby() { return room.step.activity === "lobby"; },
    get over() { return room.session.state === "closed"; },
    get slots() { return fair.slots; },
    get live() { return fair.live; },
    /** @param {number} slot */
    playing(slot) { return fair.playing(slot); },
    /** @param {number} slot */
    when(slot) { return fair.whenOf(slot); },
    get now() {
      if (!fair.part) return this.lobby ? "" : room.step.name;
      if (fair.part === "home") return "Main room";
      if (fair.part === "break") return "Break";
      return fair.here ? `${fair.here.letter} ${fair.here.name}` : "Main room";
    },
    get next() {
      const before = this.lobby || room.step.activity === "look_ahead";
      const slot = fair.going || before ? fair.next : fair.part ? fair.slot + 1 : 0;
      if (!slot || slot > fair.slots.length || fair.part === "home") return "";
      const act = fair.wanted(slot);
      return act ? `${fair.whenOf(slot)} ${act.letter} ${act.name}` : `${fair.whenOf(slot)}: choose a stage`;
    },
    /** @param {any} act */
    isPast(act) { return fair.slot > act.slot || fair.part === "home"; },
    /** @param {any} act */
    isNow(act) { return fair.open && fair.slot === act.slot; },
    /** @param {any} act */
    why_(act) { return fair.why(act); },
    /** @param {any} act */
    missed(act) { return this.isPast(act) && !(fair.own.been ?? []).includes(act.id); },
    /** @param {any} act */
    starred(act) { return fair.starred(act.id); },
    /** @param {any} act */
    star(act) { room.send("star", { act: act.id, on: !fair.starred(act.id) }); },
    /** @param {any} act */
    mayHost(act) { return (fair.own.may_host ?? []).includes(act.id) && !this.isPast(act); },
    /** @param {any} act */
    hosts(act) { return fair.hosts(act.id); },
    /** @param {any} act @param {boolean} on */
    host(act, on) { room.send("host_act", { act: act.id, on }); },

    // What has changed, and what is asked of one

    get told() { return fair.own.told ?? []; },
    /** @param {any} change */
    changeWords(change) {
      const name = room.look("billed", change.team).name ?? "An act";
      if (change.was && change.now) return `${name} moved: ${change.was} is now ${change.now}.`;
      return change.now ? `${name}: ${change.now}.` : `${name} does not play: ${change.was} is free.`;
    },
    heardChange() { room.send("hear_change"); },
    get invitation() {
      if (!fair.open || fair.here) return null;
      const letter = fair.stages.find((stage) => fair.stage(stage).invites);
      return letter ? fair.at(fair.slot, letter) ?? null : null;
    },
    /** @param {any} act */
    link(act) { return fair.linkOf(act); },
    /** @param {string} act */
    go(act) { room.send("go", { act }); },
    get warned() {
      const { deadline = 0, left = null } = room.step;
      const rest = left ?? deadline - clock.now;
      return fair.part === "questions" && rest > 0 && rest <= 120_000;
    },

    // Main room, help, calendar

    get call() { return room.session.call_link; },
    /** @param {string} panel */
    toggle(panel) {
      this.panel = this.panel === panel ? "" : panel;
      requestAnimationFrame(() => document.getElementById("fair-panel")?.scrollIntoView({ block: "nearest" }));
    },
    get shares() { return fair.own.shares ?? 1; },
    /** @param {number} people */
    share(people) { room.send("share_device", { people }); },
    get waits() { return fair.own.waits ?? null; },
    get helps() { return fair.own.helps ?? false; },
    get desk() { return fair.own.desk ?? []; },
    askHelp() {
      if (!this.why.trim()) return;
      room.send("ask_help", { why: this.why }, ["help.why"]);
      this.why = "";
    },
    get places() { return fair.playing(fair.next); },
    async subscribe() {
      const answer = await ask(`/api/sessions/${paint.code}/calendars`, { person: room.me.person });
      this.calendar = answer.ok ? answer.url : "";
      room.notice = answer.ok ? "" : answer.say;
    },
  });
}

brings({ fairBar });
