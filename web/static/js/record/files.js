// @ts-check
/** Files into the record: looked at first, then taken in whole or not at all. */

const TYPES = { json: "application/json", csv: "text/csv", md: "text/markdown" };
const A_WHILE = 1000;
/** @type {Record<string, [string, string]>} */
const KINDS = {
  teams: ["team", "teams"], objectives: ["objective", "objectives"],
  key_results: ["result", "results"], people: ["person", "people"],
};

/** @param {string} name @param {string} text */
export function typeOf(name, text) {
  const end = name.split(".").at(-1)?.toLowerCase() ?? "";
  if (end === "json" || (!end && text.trimStart().startsWith("{"))) return TYPES.json;
  if (end === "csv" || end === "tsv") return TYPES.csv;
  if (end === "md" || end === "markdown") return TYPES.md;
  if (text.trimStart().startsWith("{")) return TYPES.json;
  return /^\s{0,3}#/m.test(text) ? TYPES.md : TYPES.csv;
}

/** @param {{here: import("./record.js").Record_, words: import("../words.js").Words, id: string}} ports */
export function files({ here, words, id }) {
  return () => ({
    text: "",
    name: "",
    /** @type {any} */
    preview: null,
    done: "",
    busy: false,
    slow: false,

    /** Where there is no goal yet, this is what one came for. @param {HTMLDetailsElement} part */
    unfold(part) { part.open = here.ids("objective").length === 0; },
    /** @param {Event} event */
    async pick(event) {
      const file = /** @type {HTMLInputElement} */ (event.target).files?.[0];
      if (!file) return;
      this.name = file.name;
      this.text = await file.text();
      await this.look();
    },
    pasted() { this.preview = null; this.name = ""; },
    async look() { this.preview = await this.post("?dry=1"); },
    async take() {
      const answer = await this.post("");
      if (!answer) return;
      const { teams, objectives, key_results } = answer.brings;
      this.done = `Imported: ${teams.all} teams, ${objectives.all} objectives and ${key_results.all} results.`;
      this.preview = null;
      words.drop("paste");
      this.text = "";
    },
    /** @param {string} query */
    async post(query) {
      if (!this.text.trim() || this.busy) return null;
      this.busy = true;
      this.done = "";
      const timer = setTimeout(() => { this.slow = true; }, A_WHILE);
      try {
        const answer = await fetch(`/api/rooms/${id}/import${query}`, {
          method: "POST", headers: { "Content-Type": typeOf(this.name, this.text) }, body: this.text,
        });
        const found = await answer.json();
        if (!answer.ok && !found.bad) here.notice = found.say;
        return answer.ok || found.bad ? { brings: {}, ...found } : null;
      } catch {
        here.notice = "No connection. Nothing was imported; try again in a moment.";
        return null;
      } finally {
        clearTimeout(timer);
        this.busy = this.slow = false;
      }
    },
    get bad() { return this.preview?.bad ?? []; },
    get fine() { return this.preview !== null && this.bad.length === 0; },
    /** “3 teams (1 new), 1 objective and 4 results”, without what there is none of. */
    get brings() {
      const said = Object.entries(KINDS).map(([kind, [one, many]]) => {
        const { all = 0, new: fresh = 0 } = this.preview?.brings[kind] ?? {};
        return all ? `${all} ${all === 1 ? one : many}${fresh < all ? ` (${fresh} new)` : ""}` : "";
      }).filter(Boolean);
      return said.length > 1 ? `${said.slice(0, -1).join(", ")} and ${said.at(-1)}` : said[0] ?? "nothing";
    },
  });
}
