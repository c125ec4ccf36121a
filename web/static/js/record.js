// @ts-check
/** The record as this browser knows it: what everybody sees, and what whoever keeps it sees besides. */

import { giveBack } from "./room.js";

/** @import {Entity, FirstPaint, Status, TopicFrame} from "./types.js" */
/** @typedef {ReturnType<typeof record>} Record_ */

/** @param {{newId: () => string, words?: import("./words.js").Words}} ports */
export function record({ newId, words }) {
  return {
    /** @type {Record<string, Entity>} */
    shared: {},
    /** @type {Record<string, Entity>} */
    kept: {},
    /** @type {Status} */
    status: "step",
    notice: "",
    person: "",
    over: "",
    /** @type {(command: any, words?: import("./words.js").Typed[]) => void} */
    post: () => {},

    /** @param {FirstPaint} paint */
    begin(paint) { paint.topics.forEach((frame) => this.apply(frame)); },

    /** @param {any} frame */
    take(frame) {
      if (frame.welcome) this.person = frame.welcome.person;
      if (frame.refused !== undefined) {
        this.notice = frame.say;
        giveBack(frame, words);
      }
      if (frame.topic) this.apply(frame);
      if (frame.done) words?.look();
    },

    /** @param {TopicFrame} frame */
    apply(frame) {
      const name = frame.topic === "helm" ? "kept" : "shared";
      const things = frame.full ? {} : { ...this[name] };
      Object.assign(things, frame.set);
      frame.drop.forEach((key) => delete things[key]);
      this[name] = things;
    },

    /**
     * What is told under a kind and an id.
     * @template {keyof import("./shapes.js").Kinds} K
     * @param {K} kind @param {string} id @returns {Partial<import("./shapes.js").Kinds[K]>}
     */
    look(kind, id) { return /** @type {any} */ (this.thing(`${kind}:${id}`)); },
    /** @param {string} key @returns {Entity} */
    thing(key) { return this.shared[key] ?? this.kept[key] ?? {}; },
    /** Ids of a kind, in their order. @param {string} kind @returns {string[]} */
    ids(kind) {
      const keys = [...Object.keys(this.shared), ...Object.keys(this.kept)].filter((key) => key.startsWith(kind + ":"));
      const ids = [...new Set(keys)].map((key) => key.slice(kind.length + 1));
      return ids.sort((a, b) => (this.thing(`${kind}:${a}`).order ?? 0) - (this.thing(`${kind}:${b}`).order ?? 0));
    },
    get room() { return this.thing("room"); },
    /** @param {string} team */
    objectives(team) { return this.ids("objective").filter((id) => this.look("objective", id).team === team); },
    /** @param {string} objective */
    results(objective) { return this.ids("result").filter((id) => this.look("result", id).objective === objective); },
    /** @param {string} objective */
    feedback(objective) { return this.ids("feedback").filter((id) => this.look("feedback", id).objective === objective); },

    /**
     * @param {string} name
     * @param {Record<string, any>} [fields]
     * @param {string[]} [from] the text fields whose words go with it
     */
    send(name, fields = {}, from = []) {
      this.notice = "";
      this.post({ id: newId(), do: name, ...fields }, words?.take(from, "") ?? []);
    },
  };
}
