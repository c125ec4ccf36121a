// @ts-check
/** Informal chats: written down for two, shared when both agree. */

import { addressOf } from "../here.js";
import { liveRecord, statusWords } from "../record/live.js";

/** @typedef {{id: string, with: string, mine: boolean, line: string, text: string, agreed: boolean, other_agreed: boolean, shared: boolean}} Chat */

document.addEventListener("alpine:init", () => {
  const Alpine = /** @type {any} */ (window).Alpine;
  /** @type {() => void} */
  let heard = () => {};
  const { here, id } = liveRecord(Alpine, (frame) => { if (frame.done || frame.welcome) heard(); });

  Alpine.data("chats", () => ({
    person: "",
    line: "",
    text: "",
    /** @type {Chat[]} */
    all: [],
    /** @type {{id: string, name: string}[]} */
    known: [],
    init() { heard = () => void this.look(); void this.look(); },
    get status() { return statusWords(here); },
    get lines() {
      const shared = here.ids("objective").filter((goal) => here.look("objective", goal).status !== "draft");
      return shared.flatMap((goal) => [{ id: goal, text: here.look("objective", goal).text ?? "" }, ...here.results(goal).map((result) => ({ id: result, text: here.look("result", result).text ?? "" }))]);
    },
    async look() {
      const answer = await fetch(addressOf(`/api/rooms/${id}/chats`)).catch(() => null);
      if (!answer?.ok) return;
      const found = await answer.json();
      this.all = found.chats;
      this.known = found.people;
    },
    get ready() { return this.person !== "" && this.line !== "" && this.text.trim() !== ""; },
    note() {
      if (!this.ready) return;
      here.send("note_chat", { person: this.person, on: this.line, text: this.text }, ["chat"]);
      this.text = "";
    },
    /** @param {Chat} chat */
    standing(chat) {
      if (chat.shared) return "Shared, without your names.";
      if (chat.agreed) return `You would share it. ${chat.with} has not agreed yet.`;
      return chat.other_agreed ? `${chat.with} would share it.` : "Between the two of you.";
    },
    /** @param {Chat} chat */
    agree(chat) { here.send("agree_chat", { chat: chat.id, on: !chat.agreed }); },
  }));
});
