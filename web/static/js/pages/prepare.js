// @ts-check
/** Preparing: texts, teams and the plan, each saved when one leaves it. */

import { leftOpen } from "../clock.js";

/** @param {{room: import("../room.js").Room}} ports */
export function prepare({ room }) {
  return () => ({
    editing: "",
    adding: "",
    agenda: "",
    keptAs: "",
    /** @param {string} what */
    text(what) { return what === "title" ? room.session.title : room.script[what] ?? ""; },
    /** @param {Event} event */
    save(event) {
      const field = /** @type {HTMLInputElement} */ (event.target);
      const what = field.name;
      const was = this.text(what);
      if (field.value === was) return;
      const from = ["prepare." + what];
      if (what === "teams") room.send("set_teams", { names: field.value }, from);
      else room.send("prepare", { what, text: field.value, was }, from);
    },
    /** @param {string} step */
    open(step) { this.editing = this.editing === step ? "" : step; },
    /** A prompt as people will read it: what the settings say stands in it. @param {any} step */
    reads(step) { return leftOpen(step.reads); },
    /** @param {any} step @param {Event} event */
    change(step, event) {
      const field = /** @type {HTMLInputElement} */ (event.target);
      const number = field.name === "minutes";
      if (field.value === "" && number) return;
      room.send("change_plan", { step: step.key, [field.name]: number ? Number(field.value) : field.value }, [`${step.key}.${field.name}`]);
    },
    /** @param {any} step @param {any} setting @param {string | boolean} value */
    set(step, setting, value) {
      if (setting.kind === "number" && value === "") return;
      const settings = { [setting.name]: setting.kind === "number" ? Number(value) : value };
      room.send("change_plan", { step: step.key, settings }, [`${step.key}.${setting.name}`]);
    },
    /** The step that runs, where there may be more of something from now on. */
    running() { return room.script.steps.filter((/** @type {any} */ step) => this.growing(step).length); },
    /** What there may be more of from now on in a step that runs. @param {any} step */
    growing(step) { return step.settings.filter((/** @type {any} */ setting) => setting.grows); },
    /** @param {any} setting */
    isNamed(setting) { return ["words", "wall", "vote"].includes(setting.kind); },
    /** Names that steps share already. @param {string} kind */
    known(kind) {
      const all = room.script.steps.flatMap((/** @type {any} */ step) => step.settings);
      const values = all.filter((/** @type {any} */ s) => s.kind === kind && s.value).map((/** @type {any} */ s) => s.value);
      return [...new Set(values)];
    },
    get lastKey() { return room.script.steps.at(-1)?.key ?? ""; },
    /** @param {any} step */
    isFirst(step) { return room.script.steps[0]?.key === step.key; },
    /** @param {any} step */
    isLast(step) { return this.lastKey === step.key; },
    /** @param {any} step @param {number} by */
    move(step, by) { room.send("move_step", { step: step.key, by }); },
    /** @param {any} step */
    copy(step) { room.send("copy_step", { step: step.key }); },
    /** @param {any} step */
    remove(step) { room.send("remove_step", { step: step.key }); },
    add() {
      const select = /** @type {HTMLSelectElement | null} */ (document.querySelector(".add-step label:nth-child(2) select"));
      room.send("add_step", { activity: this.adding, after: select?.value ?? this.lastKey });
      this.adding = "";
    },
    keep() {
      const name = this.agenda.trim();
      room.send("keep_agenda", { name }, ["prepare.agenda"]);
      this.keptAs = `“${name}” is on the record of this room; open it again there.`;
      this.agenda = "";
    },
    /** @param {any} step */
    leaveOut(step) { room.send("change_plan", { step: step.key, left_out: !step.left_out }); },
    get minutes() {
      return room.script.steps.reduce(
        (/** @type {number} */ sum, /** @type {any} */ step) => sum + (step.left_out ? 0 : step.minutes), 0);
    },
    get spare() { return (room.session.minutes ?? 0) - this.minutes; },
  });
}
