// @ts-check
/** Writing notes: a draft that is never lost, one's own notes, and a private line that becomes an idea. */

import { addressOf } from "../here.js";
import { tells } from "../aloud.js";
import { brings } from "../brought.js";
import { sends } from "../typing.js";

/** @param {{room: import("../room.js").Room}} ports */
export function gather({ room }) {
  return () => ({
    text: "",
    baseline: "",
    target: "",
    why: "",
    kind: "",
    editing: "",
    run: room.step.run,

    /** What the field is called while it holds a new note, and while it holds one that is changed. */
    get named() {
      const late = { do: "add_note", phase: this.run, fields: {} };
      return this.editing ? { field: "note." + this.editing } : { field: "note", late };
    },
    /** @param {string} name */
    figure(name) { return `note.${this.editing ? this.editing + "." : ""}${name}`; },
    get fields() { return [this.named.field, this.figure("baseline"), this.figure("target"), this.figure("why")]; },
    /** What goes with a note, as far as this step asks for it. */
    get beside() {
      const { baseline, target, why, kind } = this;
      const { figures, why: asked } = room.stepOf("gather");
      return { ...(figures ? { baseline, target } : {}), ...(asked ? { why, kind } : {}) };
    },
    /** Until when it is open, where that is days. */
    get until() { return openUntil(room); },
    clear() { this.text = this.baseline = this.target = this.why = this.kind = ""; },
    get mine() { return room.own(room.stepOf("gather").pile); },
    /** Notes of this step that are still on their way. @returns {any[]} */
    get unsent() { return room.unsent.filter((/** @type {any} */ sent) => sent.do === "add_note" && sent.phase === room.step.run); },
    /** One's own lines from before that can become notes here. */
    get lines() { return room.stepOf("gather").lines ? room.own(room.stepOf("gather").lines) : []; },
    get ideas() {
      const { into, lines, pile } = room.stepOf("gather");
      const there = into || (lines ? pile : "");
      return there ? room.own(there) : [];
    },
    get full() {
      const { limit = 0 } = room.stepOf("gather");
      return limit > 0 && this.mine.length >= limit;
    },
    get fullWords() {
      const { limit } = room.stepOf("gather");
      return limit === 1 ? "You have written your one note. Change it, or remove it to write another."
        : `You have written all ${limit}. Change or remove one to add another.`;
    },
    /** Nothing is written yet that one sees here. */
    get nothing() {
      const { hidden, pile } = room.stepOf("gather");
      return !this.mine.length && !this.unsent.length && !this.shown && (hidden || !room.wall(pile).length);
    },
    /** The notes are on the wall: what comes now would give its writer away. */
    get shown() { return !room.stepOf("gather").private && room.stepOf("gather").hidden && !room.stepOf("gather").collecting && room.step.activity === "gather"; },
    get typing() { return !this.shown && this.text.trim() !== "" && !this.editing; },
    get tally() {
      return room.stepOf("gather").limit ? `${this.mine.length} of ${room.stepOf("gather").limit}` : `${this.mine.length}`;
    },
    add() {
      if (!this.text.trim()) return;
      room.send("add_note", { text: this.text, phase: this.run, ...this.beside }, this.fields);
      this.clear();
      this.focus();
    },
    /** @param {string} id */
    become(id) { room.send("turn_into_idea", { note: id }); },
    /** Already an idea in the same words. @param {string} id */
    became(id) {
      return this.ideas.some((idea) => room.item(idea).text === room.item(id).text);
    },
    /** @param {string} id */
    edit(id) {
      const note = room.item(id);
      this.editing = id;
      this.text = note.text ?? "";
      this.baseline = note.baseline ?? "";
      this.target = note.target ?? "";
      this.why = note.why ?? "";
      this.kind = note.kind ?? "";
      this.focus();
    },
    save() {
      const was = room.item(this.editing).text;
      const { text } = this;
      if (text.trim()) room.send("edit_note", { note: this.editing, text, was, ...this.beside }, this.fields);
      this.stop();
    },
    /** The field is for a new note again, with what was begun of one before. */
    stop() {
      this.editing = "";
      this.clear();
    },
    /** @param {string} id */
    remove(id) {
      if (this.editing === id) this.stop();
      room.send("remove_note", { note: id });
    },
    focus() { document.getElementById("note-text")?.focus(); },
    /** @param {KeyboardEvent} event */
    enter(event) {
      if (!sends(event)) return;
      event.preventDefault();
      this.editing ? this.save() : this.add();
    },
  });
}

/** Until when people write, where that is days: in the words of who reads it. @param {import("../room.js").Room} room */
function openUntil(room) {
  const { deadline } = room.step;
  if (!room.stepOf("gather").days || !deadline) return "";
  return `Open until ${new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }).format(new Date(deadline))}. Come back with the same link; your notes wait for you.`;
}

/** What a facilitator pastes where people read it. @param {{room: import("../room.js").Room, join?: string}} ports */
export function pulse({ room }) {
  return () => ({
    get until() { return openUntil(room); },
    get reminder() {
      const { title = "" } = room.session;
      const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" }).format(new Date(room.step.deadline ?? 0));
      return `“${title}”: two minutes, up to three notes, nobody sees who wrote them. Open until ${day}: ${location.origin}${addressOf(`/j/${room.session.code ?? ""}`)}`;
    },
  });
}

tells({ gather: (room) => (gather({ room })().shown && room.wall(room.stepOf("gather").pile).length ? "The notes are on the wall." : "") });
brings({ gather, pulse });
