// @ts-check
/** The participant's page: one task, one button, and a way to ask for the word. */

import { register } from "../brought.js";
import { ask, begin, newId } from "../session-page.js";
import { askedWords } from "../spoken.js";

document.addEventListener("alpine:init", () => {
  const Alpine = /** @type {any} */ (window).Alpine;
  const ports = begin(Alpine);
  const { room, shelf, words, paint } = ports;
  register(Alpine, ports);

  // Who comes for the first time while the session runs is told what there was so far.
  const visited = `waggle.visited.${paint.code}.${paint.person}`;
  const late = room.session.state === "open" && room.step.nth > 1 && !shelf.read(visited);
  shelf.write(visited, 1);

  // Whose notes they were is forgotten when a session closes; this browser may remember its own.
  setInterval(() => {
    if (room.session.state === "open" && room.written.length) {
      shelf.write(`waggle.own.${paint.code}`, room.written);
    }
  }, 3000);

  const handed = `waggle.handed.${paint.code}.${paint.person}`;
  Alpine.data("takePart", () => ({
    screen: false,
    link: "",
    late,
    qr: "",
    menu: false,
    removing: false,
    /** That one may facilitate was read. */
    told: Boolean(shelf.read(handed)),
    get status() {
      return { step: "In step", behind: "Catching up", sending: "Sending what you wrote", lost: "No connection. Keep writing, we will send it." }[room.status];
    },
    get closed() { return room.session.state === "closed"; },
    get early() { return room.step.activity === "lobby" && !this.closed; },
    get lit() { return room.attention.spotlight; },
    get line() { return this.lit.startsWith("line:") ? this.lit.slice(5) : ""; },
    get turn() {
      const place = room.attention.speaking.indexOf(room.me.person);
      if (place < 0) return "";
      if (place === room.attention.speaking.length - 1) return "You speak last.";
      return place === 0 ? "You speak first." : `You speak after ${room.name(room.attention.speaking[place - 1])}.`;
    },
    get soFar() {
      const at = room.plan.findIndex((/** @type {any} */ step) => step.key === room.step.key);
      return room.plan.slice(0, Math.max(0, at)).filter((/** @type {any} */ step) => !step.left_out);
    },
    init() {
      ports.effect(() => {
        if (!room.me.person || room.me.roles.includes("facilitator")) return;
        shelf.remove(handed);
        this.told = false;
      });
    },
    /** Somebody let one facilitate, and one has not read it. */
    get handed() { return !this.told && room.me.roles.includes("facilitator") && room.me.roles.includes("participant"); },
    laterOn() {
      this.told = true;
      shelf.write(handed, 1);
    },
    caughtUp() { this.late = false; },
    done() { room.send("done", { on: !room.me.done }); },
    hand() { room.send("hand", { on: !room.me.hand }); },
    toggleScreen() { this.screen = !this.screen; },
    toggleRemoving() { this.removing = !this.removing; },
    async removeMe() {
      this.removing = false;
      const answer = await ask(`/api/sessions/${paint.code}/forgetting`, { person: paint.person });
      room.notice = answer.say;
    },
    toggleMenu() { this.menu = !this.menu; },
    /** @param {Event} event */
    rename(event) {
      const name = /** @type {HTMLFormElement} */ (event.target).querySelector("input")?.value ?? "";
      if (name.trim()) room.send("rename", { name }, ["called"]);
    },
    where() { room.send("say_where", { remote: !room.me.remote }); },
    async move() {
      const answer = await ask(`/api/sessions/${paint.code}/links`, { role: "person", person: paint.person });
      this.link = answer.ok ? answer.url : "";
      room.notice = answer.ok ? "" : answer.say;
    },
    /** What was begun in a step that has passed is filed there. @param {any} typed */
    sendLate(typed) {
      const { do: name, phase = typed.run, fields } = typed.late;
      words.putAway(typed.id);
      room.post({ id: newId(), do: name, phase, ...fields, text: typed.text }, [{ ...typed, say: "" }]);
    },
    /** @param {any} made */
    spokenWords(made) { return askedWords(made); },
    /** @param {any} made @param {boolean} refuse */
    answerSpoken(made, refuse) { room.send("answer_spoken", { made: made.id, refuse }); },
    hush() { room.notice = ""; },
  }));
});
