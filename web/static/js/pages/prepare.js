// @ts-check
/** Preparing: texts, teams and the plan, each saved when one leaves it. */

/** @param {{room: import("../room.js").Room}} ports */
export function prepare({ room }) {
  return () => ({
    editing: "",
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
    /** @param {any} step @param {Event} event */
    change(step, event) {
      const field = /** @type {HTMLInputElement} */ (event.target);
      const number = ["minutes", "dots", "limit"].includes(field.name);
      if (field.value === "" && number) return;
      room.send("change_plan", { step: step.key, [field.name]: number ? Number(field.value) : field.value }, [`${step.key}.${field.name}`]);
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
