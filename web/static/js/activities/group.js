// @ts-check
/** Choosing several items on a wall, with a tap, with the pointer or with keys, and doing one thing to them. */

import { brings } from "../brought.js";

/** Where this browser keeps that letters do nothing. */
const OFF = "waggle.letters.off";

/** @param {{room: import("../room.js").Room, shelf: import("../shelf.js").Shelf}} ports */
export function group({ room, shelf }) {
  return () => ({
    /** Whether the letters M, S and A do something to cards. */
    letters: shelf.read(OFF) === null,
    /** By id, so that a tap draws one card anew and not the wall. @type {Record<string, boolean>} */
    chosen: {},
    titling: "",
    title: "",

    /** @param {string} id */
    has(id) { return this.chosen[id] === true; },
    /** @param {string} id */
    pick(id) { this.chosen[id] = !this.chosen[id]; },
    get standing() { return Object.keys(this.chosen).filter((id) => this.chosen[id] && room.item(id).pile); },
    get several() { return this.standing.length > 1; },
    get one() { return this.standing.length === 1 ? this.standing[0] : ""; },
    clear() { Object.keys(this.chosen).forEach((id) => { this.chosen[id] = false; }); },

    merge() {
      if (!this.several) return;
      room.send("merge", { notes: this.standing });
      this.clear();
    },
    split() {
      this.standing.filter((id) => room.things["cluster:" + id]).forEach((id) => room.send("split", { note: id }));
      this.clear();
    },
    /** @param {string} id */
    splitNote(id) { room.send("split", { note: id }); },
    aside() {
      this.standing.forEach((id) => room.send("set_aside", { item: id }));
      this.clear();
    },
    /** @param {string} id */
    takeUp(id) { room.send("set_aside", { item: id, aside: false }); },
    hide() {
      this.standing.flatMap((id) => room.item(id).notes ?? [id]).forEach((id) => room.send("hide_note", { note: id }));
      this.clear();
    },
    /** @param {string} id */
    beginTitle(id) {
      this.titling = id;
      this.title = room.item(id).title ?? "";
      queueMicrotask(() => document.getElementById("group-title")?.focus());
    },
    saveTitle() {
      const was = room.item(this.titling).title;
      if (this.title.trim() && this.title !== was) room.send("title", { item: this.titling, title: this.title, was }, ["title." + this.titling]);
      this.titling = "";
    },
    toggleLetters() {
      this.letters = !this.letters;
      if (this.letters) shelf.remove(OFF);
      else shelf.write(OFF, true);
    },
    /** @param {KeyboardEvent} event */
    key(event) {
      const target = /** @type {HTMLElement} */ (event.target);
      if (/INPUT|TEXTAREA|SELECT/.test(target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
      // A letter is meant for cards: one that has focus, or those that are chosen; never for a button, or from behind a dialog.
      const elsewhere = target.closest("button, a, summary") && !target.closest(".note, .tools");
      if (!this.letters || elsewhere || !(this.standing.length || target.closest(".note")) || document.querySelector("dialog[open]")) return;
      const act = /** @type {Record<string, () => void>} */ ({
        m: () => this.merge(), s: () => this.split(), a: () => this.aside(), Escape: () => this.clear(),
      })[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (act) {
        event.preventDefault();
        act();
      }
    },

    // A participant's

    propose() {
      if (!this.several) return;
      room.send("propose_merge", { notes: this.standing });
      room.notice = "Suggested. Your facilitator sees it, and not who it came from.";
      this.clear();
    },
    /** @param {string} id */
    objects(id) { return (room.mineOf("group").objections ?? []).includes(id); },
    /** @param {string} id */
    object(id) { room.send("object", { item: id, on: !this.objects(id) }); },
    get proposalsWords() {
      const { length } = room.mainOf("group").proposals ?? [];
      return length === 1 ? "1 suggestion" : `${length} suggestions`;
    },
    toProposals() {
      const first = document.getElementById("proposals");
      first?.scrollIntoView({ block: "nearest" });
      first?.focus({ preventScroll: true });
    },
    /** @param {any} proposal */
    accept(proposal) { room.send("merge", { notes: proposal.items }); },
    /** @param {any} proposal */
    decline(proposal) { room.send("settle_proposal", { proposal: proposal.id }); },
  });
}

brings({ group });
