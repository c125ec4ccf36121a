// @ts-check
/** Other programs that are told what happens in a room: one more, one that is tried, one fewer. */

import { copyLink } from "../copying.js";
import { ask } from "../session-page.js";

/** What programs are called. @type {Record<string, string>} */
const CALLED = { slack: "Slack", teams: "Teams", program: "A program" };
/** Milliseconds until it is looked how a test went, and how often at most. */
const SOON = 700, LOOKS = 8;

/** @typedef {{hook: string, kind: string, host: string, tried: number, told: number, failing: number, said: string}} Hook */

/** @param {{id: string, words: import("../words.js").Words}} ports */
export function hooks({ id, words }) {
  return () => ({
    /** @type {Hook[]} */
    listed: [],
    url: "",
    secret: "",
    copied: false,
    say: "",
    busy: false,

    async look() {
      const answer = await ask(`/api/rooms/${id}/hooks`);
      if (answer.ok) this.listed = answer.hooks;
      else this.say = answer.say;
    },
    async add() {
      if (this.busy) return;
      this.busy = true;
      const answer = await ask(`/api/rooms/${id}/hooks`, { url: this.url });
      this.busy = false;
      this.say = answer.ok ? "" : answer.say;
      if (!answer.ok) return;
      this.url = "";
      words.drop("hook");
      this.secret = answer.kind === "program" ? answer.secret : "";
      this.copied = false;
      await this.tryOut(answer.hook);
    },
    /** @param {string} hook */
    async tryOut(hook) {
      const answer = await ask(`/api/rooms/${id}/hooks/${hook}/test`, {});
      this.say = answer.ok ? "A test is on its way." : answer.say;
      const before = this.tried(hook);
      for (let looks = 0; answer.ok && looks < LOOKS && this.tried(hook) === before; looks += 1) {
        await new Promise((resolve) => setTimeout(resolve, SOON));
        await this.look();
      }
      const it = this.listed.find((one) => one.hook === hook);
      if (answer.ok && it && this.tried(hook) !== before) this.say = it.failing ? "The test did not arrive. It will be tried again." : "The test has arrived.";
    },
    /** @param {string} hook */
    tried(hook) {
      return this.listed.find((one) => one.hook === hook)?.tried ?? 0;
    },
    /** @param {string} hook */
    async takeOff(hook) {
      const answer = await ask(`/api/rooms/${id}/hooks/${hook}/removal`, {});
      this.say = answer.ok ? "It is told nothing any more." : answer.say;
      await this.look();
    },
    /** @param {Hook} it */
    called(it) { return CALLED[it.kind] ?? it.kind; },
    /** @param {Hook} it */
    how(it) {
      if (it.failing) return `Not reached since ${moment(it.failing)}: ${it.said}`;
      return it.told ? `Last told ${moment(it.told)}` : "Nothing told yet";
    },
    async copy() { this.copied = await copyLink("hook-secret", this.secret); },
    fold() { this.secret = ""; },
  });
}

/** @param {number} at */
function moment(at) {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }).format(new Date(at));
}
