// @ts-check
/** Writing notes: a draft that is never lost, one's own notes, and a private line that becomes an idea. */

import { words } from "../words.js";

/** @param {{room: import("../room.js").Room, shelf: Storage, paint: {code: string, person: string}}} ports */
export function gather({ room, shelf, paint }) {
  return () => ({
    text: "",
    baseline: "",
    target: "",
    editing: "",
    run: "",
    shelf: words(shelf, `waggle.words.${paint.code}.${paint.person}`),
    /** @type {any[]} */
    unsent: [],

    init() {
      this.run = room.step.run;
      this.restore();
    },
    restore() {
      const typed = this.shelf.of(this.run);
      this.text = typed?.text ?? "";
      this.baseline = typed?.baseline ?? "";
      this.target = typed?.target ?? "";
      this.unsent = this.shelf.unsent(this.run);
    },
    remember() {
      const { text, baseline, target } = this;
      this.shelf.keep(this.run, { text, baseline, target, title: room.step.name });
    },
    get mine() { return room.own(room.step.pile); },
    get ideas() { return room.step.into ? room.own(room.step.into) : []; },
    get full() { return room.step.limit > 0 && this.mine.length >= room.step.limit; },
    /** The notes are on the wall: what comes now would give its writer away. */
    get shown() { return !room.step.private && room.step.hidden && !room.step.collecting && room.step.activity === "gather"; },
    get typing() { return !this.shown && this.text.trim() !== "" && !this.editing; },
    get tally() {
      return room.step.limit ? `${this.mine.length} of ${room.step.limit}` : `${this.mine.length}`;
    },
    add() {
      if (!this.text.trim()) return;
      const { text, baseline, target } = this;
      room.send("add_note", { text, phase: this.run, ...(room.step.figures ? { baseline, target } : {}) });
      this.text = this.baseline = this.target = "";
      this.remember();
      this.focus();
    },
    /** @param {any} typed */
    addLate(typed) {
      room.send("add_note", { text: typed.text, phase: typed.run });
      this.letGo(typed);
    },
    /** @param {any} typed */
    letGo(typed) {
      this.shelf.keep(typed.run, { text: "", title: "" });
      this.unsent = this.shelf.unsent(this.run);
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
      this.text = note.text;
      this.baseline = note.baseline ?? "";
      this.target = note.target ?? "";
      this.focus();
    },
    save() {
      const was = room.item(this.editing).text;
      const { text, baseline, target } = this;
      if (text.trim()) {
        room.send("edit_note", { note: this.editing, text, was, ...(room.step.figures ? { baseline, target } : {}) });
      }
      this.stop();
    },
    stop() {
      this.editing = "";
      this.restore();
    },
    /** @param {string} id */
    remove(id) {
      if (this.editing === id) this.stop();
      room.send("remove_note", { note: id });
    },
    focus() { document.getElementById("note-text")?.focus(); },
    /** @param {KeyboardEvent} event */
    enter(event) {
      if (event.isComposing || event.shiftKey) return;
      event.preventDefault();
      this.editing ? this.save() : this.add();
    },
  });
}
