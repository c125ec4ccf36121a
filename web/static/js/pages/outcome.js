// @ts-check
/** The outcome: what became of this browser's own ideas, and whether it was worth the time. */

import { liveAt } from "../here.js";
import { copyLink } from "../copying.js";
import { ask, newId } from "../session-page.js";

document.addEventListener("alpine:init", () => {
  const Alpine = /** @type {any} */ (window).Alpine;
  const { code = "", person = "" } = document.documentElement.dataset;
  const fates = JSON.parse(document.getElementById("fates")?.textContent ?? "{}");

  Alpine.data("outcome", () => ({
    value: 0,
    /** What became of one's own notes of a walk, and why. */
    get answers() {
      const told = JSON.parse(document.getElementById("because")?.textContent ?? "{}");
      const words = /** @type {Record<string, string>} */ ({ adopted: "Adopted", adapted: "Adapted", declined: "Not now", liked: "Thank you", open: "Still open with the team" });
      return this.own.filter((id) => told[id]).map((id) => ({ ...told[id], word: words[told[id].answer] }));
    },
    /** @returns {string[]} */
    get own() {
      try {
        return JSON.parse(localStorage.getItem(`waggle.own.${code}`) ?? "[]");
      } catch {
        return [];
      }
    },
    sent: document.documentElement.dataset.answered === "1",
    say: "",
    get mine() { return this.own.filter((id) => ["draft", "aside", "heard"].includes(fates[id])); },
    /** @param {string} fate */
    count(fate) { return this.mine.filter((/** @type {string} */ id) => fates[id] === fate).length; },
    get became() {
      if (!this.mine.length) return "";
      const inside = this.count("draft");
      const aside = this.count("aside");
      const parts = [`${inside} of your ideas ${inside === 1 ? "is" : "are"} in it`];
      if (aside) parts.push(`${aside} ${aside === 1 ? "is" : "are"} set aside for later`);
      return parts.join(", ") + ".";
    },
    /** @param {number} value */
    pick(value) { this.value = value; },
    send() {
      const live = liveAt(`/api/sessions/${code}/live?as=${person}`);
      const line = new WebSocket(live);
      const id = newId();
      line.onopen = () => line.send(JSON.stringify({ since: 0 }));
      line.onmessage = (event) => {
        const frame = JSON.parse(event.data);
        if (frame.welcome) line.send(JSON.stringify({ id, do: "exit_pulse", value: this.value }));
        if (frame.done === id) { this.sent = true; line.close(); }
        if (frame.refused === id) { this.say = frame.say; this.sent = frame.code === "answered"; line.close(); }
      };
      line.onerror = () => { this.say = "No connection. Try again in a moment."; };
    },

    // For whoever was not there, by a facilitator

    link: "",
    copied: false,
    told: "",
    async publish() {
      const answer = await ask(`/api/sessions/${code}/readers`, {});
      this.link = answer.url ?? "";
      this.copied = false;
      this.told = answer.ok ? "" : answer.say;
    },
    async copy() { this.copied = await copyLink("read-out-link", this.link); },
    async takeBack() {
      const answer = await ask(`/api/sessions/${code}/readers/taken-back`, {});
      this.link = answer.ok ? "" : this.link;
      this.told = answer.ok ? "No such link opens anything any more." : answer.say;
    },
    print() { window.print(); },
  }));
});
