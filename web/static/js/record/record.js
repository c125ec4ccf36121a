// @ts-check
/** The record as this browser knows it: what everybody sees, and what whoever keeps it sees besides. */

import { giveBack } from "../room.js";

/** @import {Entity, FirstPaint, Status, TopicFrame} from "../types.js" */
/** @typedef {ReturnType<typeof record>} Record_ */

/** Fields that say where a thing stands. */
const PLACES = ["order", "team", "objective"];

/** @param {string} key */
const kindOf = (key) => key.split(":", 1)[0];

/** @param {{newId: () => string, words?: import("../words.js").Words}} ports */
export function record({ newId, words }) {
  const plain = {
    /** @type {Record<string, Entity>} */
    shared: {},
    /** @type {Record<string, Entity>} */
    kept: {},
    /** Ids by kind, in their order. @type {Record<string, string[]>} */
    lists: {},
    /** What belongs to a team, or to a goal. @type {Record<"team" | "result" | "feedback", Record<string, string[]>>} */
    of: { team: {}, result: {}, feedback: {} },
    /** The goal of each result. @type {Readonly<Record<string, string>>} */
    goalOf: {},
    /** How often something of a kind was told, and how often things were put in order. @type {Record<string, number>} */
    told: {},
    arranged: 0,
    /** @type {Status} */
    status: "step",
    notice: "",
    person: "",
    over: "",
    /** Whether this page is about to go to another. */
    leaving: false,
    /** @type {(command: any, words?: import("../words.js").Typed[]) => void} */
    post: () => {},

    /** @param {FirstPaint} paint */
    begin(paint) {
      paint.topics.forEach((frame) => this.put(frame));
      this.index();
    },

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
    apply(frame) { if (!this.put(frame)) this.index(); },

    /** Take what it says. @param {TopicFrame} frame @returns {boolean} whether everything stands where it stood */
    put(frame) {
      const name = frame.topic === "helm" ? "kept" : "shared";
      // Things are changed in their place, so that only what shows them is drawn again.
      Object.values(frame.set).forEach(Object.freeze);
      const stays = !frame.full && !frame.drop.length && Object.keys(frame.set).every((key) => this.keepsItsPlace(key, frame.set[key]));
      if (frame.full) this[name] = { ...frame.set };
      else Object.assign(this[name], frame.set);
      frame.drop.forEach((key) => delete this[name][key]);
      const kinds = new Set([...Object.keys(frame.set), ...frame.drop].map(kindOf));
      for (const kind of frame.full ? new Set([...kinds, ...Object.keys(this.told)]) : kinds) this.told[kind] = (this.told[kind] ?? 0) + 1;
      return stays;
    },

    /** Whether a thing stands where it stood: in its list, and with what it belongs to. @param {string} key @param {Entity} now */
    keepsItsPlace(key, now) {
      const was = this.shared[key] ?? this.kept[key];
      return was !== undefined && PLACES.every((field) => was[field] === now[field]);
    },

    /** Ids by kind in their order, and what belongs to what: looked up much more often than it changes. */
    index() {
      /** Each thing is looked at once: there are thousands. @type {Record<string, [string, Entity][]>} */
      const kinds = {};
      for (const [key, thing] of Object.entries({ ...this.shared, ...this.kept, ...this.shared })) {
        const at = key.indexOf(":");
        if (at > 0) (kinds[key.slice(0, at)] ??= []).push([key.slice(at + 1), thing]);
      }
      for (const kind in kinds) kinds[kind].sort(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0));
      const by = (/** @type {string} */ kind, /** @type {string} */ field) => {
        /** @type {Record<string, string[]>} */
        const found = {};
        for (const [id, thing] of kinds[kind] ?? []) (found[thing[field] ?? ""] ??= []).push(id);
        return found;
      };
      this.lists = Object.fromEntries(Object.entries(kinds).map(([kind, things]) => [kind, things.map(([id]) => id)]));
      this.goalOf = Object.freeze(Object.fromEntries((kinds.result ?? []).map(([id, thing]) => [id, thing.objective ?? ""])));
      this.of = { team: by("objective", "team"), result: by("result", "objective"), feedback: by("feedback", "objective") };
      this.arranged += 1;
    },

    /** Stays the same until something of these kinds is told, or something stands elsewhere. @param {string[]} kinds */
    stamps(...kinds) { return [this.arranged, ...kinds.map((kind) => this.told[kind])]; },
    /** The record for whoever goes by stamps: it is not watched thing by thing, which costs more than to look at a thousand. */
    plainly() { return plain; },
    /**
     * What is told under a kind and an id.
     * @template {keyof import("../shapes.js").Kinds} K
     * @param {K} kind @param {string} id @returns {Partial<import("../shapes.js").Kinds[K]>}
     */
    look(kind, id) { return /** @type {any} */ (this.thing(id ? `${kind}:${id}` : kind)); },
    /** @param {string} key @returns {Entity} */
    thing(key) { return this.shared[key] ?? this.kept[key] ?? {}; },
    /** What of a kind can be picked, by its name. @param {string} kind */
    choices(kind) { return this.ids(kind).map((id) => ({ id, name: String(this.thing(`${kind}:${id}`).name ?? "") })); },
    /** Ids of a kind, in their order. @param {string} kind @returns {string[]} */
    ids(kind) { return [...(this.lists[kind] ?? [])]; },
    get room() { return this.thing("room"); },
    /** @param {string} team */
    objectives(team) { return this.of.team[team] ?? []; },
    /** @param {string} objective */
    results(objective) { return this.of.result[objective] ?? []; },
    /** @param {string} objective */
    feedback(objective) { return this.of.feedback[objective] ?? []; },

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
  return plain;
}
