// @ts-check
/** Joining: a name and a team; a name that is here already asks whether that is you. */

import { addressOf } from "../here.js";
import { ask, keepWords } from "../session-page.js";
import { shelf } from "../shelf.js";

/** Who scanned a sign stands there, and goes there once they have joined. */
const standing = new URLSearchParams(location.search).get("at") ?? "";
const at = standing ? `&at=${encodeURIComponent(standing)}` : "";

document.addEventListener("alpine:init", () => {
  const Alpine = /** @type {any} */ (window).Alpine;
  const words = keepWords(Alpine, shelf(), `join.${document.documentElement.dataset.code}`, { run: () => "", title: () => "" });
  Alpine.data("join", () => ({
    name: document.documentElement.dataset.name ?? "",
    team: document.documentElement.dataset.team ?? "",
    mode: "room",
    say: "",
    busy: false,
    same: "",
    claim: "",
    code: document.documentElement.dataset.code ?? "",

    async join() {
      if (this.busy) return;
      this.busy = true;
      this.same = "";
      const answer = await ask(`/api/sessions/${this.code}/participants`,
        { name: this.name, team: this.team || null, mode: this.mode });
      this.busy = false;
      if (answer.ok) {
        words.drop("name");
        location.assign(addressOf(`/s/${this.code}?as=${answer.person}${at}`));
      }
      else if (answer.code === "name_taken") { this.same = answer.person; this.say = answer.say; }
      else this.say = answer.say;
    },
    async isMe() {
      const answer = await ask(`/api/sessions/${this.code}/claims`, { person: this.same });
      if (!answer.ok) { this.say = answer.say; return; }
      this.claim = answer.claim;
      this.say = "Your facilitator is asked to confirm. Stay on this page.";
      this.wait();
    },
    notMe() {
      this.same = "";
      this.say = "Add something to your name, so that people can tell you apart.";
      document.getElementById("name")?.focus();
    },
    async wait() {
      const answer = await ask(`/api/sessions/${this.code}/claims/answer`, { claim: this.claim });
      if (answer.answer === "yes") location.assign(addressOf(`/s/${this.code}?as=${answer.person}${at}`));
      else if (answer.answer === "no") {
        this.claim = this.same = "";
        this.say = "Your facilitator says that this is somebody else. Join with another name.";
      } else setTimeout(() => this.wait(), 2000);
    },
  }));
});
