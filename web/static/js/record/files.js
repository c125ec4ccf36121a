// @ts-check
/** Files into the record: looked at first, then taken in whole or not at all. */

import { addressOf } from "../here.js";

const TYPES = { json: "application/json", csv: "text/csv", md: "text/markdown" };
const A_WHILE = 1000;
/** @type {Record<string, [string, string]>} */
const KINDS = {
  teams: ["team", "teams"], objectives: ["objective", "objectives"],
  key_results: ["result", "results"], people: ["person", "people"],
};

/** What a column can be said to be. */
const KNOWN = ["team", "objective", "key result", "baseline", "target", "current", "unit", "metric", "lead 1"];

/** What a file is said to be; its content knows better. @param {string} name */
export function typeOf(name) {
  const end = name.split(".").at(-1)?.toLowerCase() ?? "";
  return { json: TYPES.json, csv: TYPES.csv, tsv: TYPES.csv, md: TYPES.md, markdown: TYPES.md }[end] ?? "application/octet-stream";
}

/** @param {{here: import("./record.js").Record_, words: import("../words.js").Words, id: string}} ports */
export function files({ here, words, id }) {
  return () => ({
    text: "",
    /** What was picked, as it is: its letters are read by the server. @type {File | null} */
    file: null,
    /** @type {any} */
    preview: null,
    done: "",
    busy: false,
    slow: false,
    /** What columns are that nobody knows. @type {Record<string, string>} */
    chosen: {},

    /** Where there is no goal yet, this is what one came for. @param {HTMLDetailsElement} part */
    unfold(part) { part.open = here.ids("objective").length === 0; },
    /** @param {Event} event */
    async pick(event) {
      const input = /** @type {HTMLInputElement} */ (event.target);
      const picked = input.files?.[0] ?? null;
      // The same file can be picked once more, when it was changed meanwhile.
      input.value = "";
      if (!picked) return;
      this.file = picked;
      this.chosen = {};
      await this.look();
    },
    pasted() { this.preview = this.file = null; this.chosen = {}; },
    get something() { return this.file !== null || this.text.trim() !== ""; },
    async look() { this.preview = await this.post("dry=1"); },
    /** @param {string} column @param {Event} event */
    async choose(column, event) {
      this.chosen = { ...this.chosen, [column]: /** @type {HTMLSelectElement} */ (event.target).value || "none" };
      await this.look();
    },
    async take() {
      const answer = await this.post("");
      if (!answer) return;
      const { teams, objectives, key_results } = answer.brings;
      this.done = `Imported: ${teams.all} teams, ${objectives.all} objectives and ${key_results.all} results.`;
      this.preview = this.file = null;
      words.drop("paste");
      this.text = "";
    },
    /** @param {string} query */
    async post(query) {
      if (!this.something || this.busy) return null;
      this.busy = true;
      this.done = "";
      const timer = setTimeout(() => { this.slow = true; }, A_WHILE);
      const columns = Object.keys(this.chosen).length ? `&columns=${encodeURIComponent(JSON.stringify(this.chosen))}` : "";
      try {
        const answer = await fetch(addressOf(`/api/rooms/${id}/import?${query}${columns}`), {
          method: "POST", headers: { "Content-Type": this.file ? typeOf(this.file.name) : "text/plain" }, body: this.file ?? this.text,
        });
        const found = await answer.json();
        if (!answer.ok && !found.bad) here.notice = found.say;
        return answer.ok || found.bad ? { brings: {}, goals: [], unused: [], columns: [], ...found } : null;
      } catch {
        here.notice = "No connection. Nothing was imported; try again in a moment.";
        return null;
      } finally {
        clearTimeout(timer);
        this.busy = this.slow = false;
      }
    },
    get bad() { return this.preview?.bad ?? []; },
    get fine() { return this.preview?.anything === true && this.bad.length === 0; },
    get goals() { return this.preview?.goals ?? []; },
    get unused() { return (this.preview?.unused ?? []).map((/** @type {any} */ one, /** @type {number} */ nth) => ({ ...one, key: nth })); },
    get columns() { return [...new Set([...(this.preview?.columns ?? []), ...Object.keys(this.chosen)])]; },
    get known() { return KNOWN; },
    /** What of a result would be another. @param {{changes: {field: string, called: string, was: string, now: string}[]}} result */
    changesOf({ changes }) {
      return changes.map(({ field, called, was, now }) => (field === "text" ? ` was “${was}”` : ` ${called}: ${was || "?"} → ${now || "?"}`)).join(";");
    },
    /** “3 teams (1 new), 1 objective and 4 results”, without what there is none of. */
    get brings() {
      const said = Object.entries(KINDS).map(([kind, [one, many]]) => {
        const { all = 0, new: fresh = 0 } = this.preview?.brings[kind] ?? {};
        const known = fresh === all ? "" : fresh ? ` (${fresh} new)` : " (known)";
        return all ? `${all} ${all === 1 ? one : many}${known}` : "";
      }).filter(Boolean);
      return said.length > 1 ? `${said.slice(0, -1).join(", ")} and ${said.at(-1)}` : said[0] ?? "nothing";
    },
  });
}
