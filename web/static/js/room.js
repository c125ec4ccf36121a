// @ts-check
/** The room as this browser knows it: entities as they were told, and nothing it worked out by a rule. */

/** @import {Entity, FirstPaint, Status, TopicFrame} from "./types.js" */
/** @import {Kinds, MainAdds, MineAdds, StepAdds} from "./shapes.js" */
/** @typedef {ReturnType<typeof room>} Room */

/** @type {string[]} */
const NOTHING = [];
/** @type {any} */
const LOBBY = { activity: "lobby", run: "lobby", key: "", title: "", prompt: "", results: [] };

/**
 * @param {{
 *   newId: () => string,
 *   soon: (work: () => void) => void,
 *   onChange?: (what: {step: boolean, notice: boolean}) => void,
 *   words?: import("./words.js").Words,
 * }} ports
 */
export function room({ newId, soon, onChange = () => {}, words }) {
  return {
    /** @type {Record<string, Entity>} */
    things: {},
    /** @type {Record<string, Entity>} */
    mine: {},
    /** The keys each topic has brought, to be taken away with it. @type {Record<string, Set<string>>} */
    brought: {},
    /** @type {Record<string, string[]>} */
    walls: {},
    /** Ids by kind, in their order where they have one. @type {Record<string, string[]>} */
    lists: {},
    /** One's own notes. @type {string[]} */
    written: [],
    /** What everybody sees of it; what people do in it adds, see `stepOf`. @type {Kinds["step"]} */
    step: LOBBY,
    /** @type {Status} */
    status: "step",
    /** What was asked for and is not sent yet, while this page is not in step. @type {import("./types.js").Command[]} */
    unsent: [],
    notice: "",
    /** @type {any} */
    kept: null,
    over: "",
    drift: 0,
    /** @type {TopicFrame[]} */
    queue: [],
    /** @type {(command: any, words?: import("./words.js").Typed[]) => void} */
    post: () => {},

    /** @param {FirstPaint} paint */
    begin(paint) {
      this.drift = paint.now - Date.now();
      paint.topics.forEach((frame) => this.apply(frame));
      this.index();
    },

    /** Frames are applied once per animation frame. @param {any} frame */
    take(frame) {
      if (frame.welcome) this.drift = frame.welcome.now - Date.now();
      if (frame.refused !== undefined) this.refuse(frame);
      if (frame.done) soon(() => words?.look());
      if (frame.gone) { this.flush(); this.lose(frame.gone); this.index(); }
      if (!frame.topic) return;
      this.queue.push(frame);
      if (this.queue.length === 1) soon(() => this.flush());
    },

    flush() {
      const frames = this.queue;
      this.queue = [];
      const before = this.step;
      let moved = false;
      for (const frame of frames) moved = this.apply(frame) || moved;
      if (moved) this.index();
      if (this.step.run !== before.run) this.notice = "";
      onChange({ step: this.step.run !== before.run || stageOf(this.step) !== stageOf(before), notice: false });
    },

    /** @param {TopicFrame} frame @returns {boolean} whether a list has to be made anew */
    apply(frame) {
      if (frame.topic === "me") {
        return this.takeOwn(frame);
      }
      let moved = frame.full;
      if (frame.full) this.lose(frame.topic, frame.set);
      this.note(frame);
      for (const key in frame.set) {
        moved = moved || shifts(key, this.things[key], frame.set[key]);
        this.things[key] = frame.set[key];
      }
      for (const key of frame.drop) {
        moved = moved || key in this.things;
        delete this.things[key];
      }
      if (frame.set.step) this.step = { ...LOBBY, ...frame.set.step };
      return moved;
    },

    /** What is one's own alone has no place among everybody's. @param {TopicFrame} frame @returns {boolean} whether a list has to be made anew */
    takeOwn(frame) {
      const moved = frame.full || frame.drop.length > 0 || Object.keys(frame.set).some((key) => !(key in this.mine));
      if (frame.full) this.mine = frame.set;
      else Object.assign(this.mine, frame.set);
      frame.drop.forEach((key) => delete this.mine[key]);
      return moved;
    },

    /** What a topic brings goes with it. @param {TopicFrame} frame */
    note(frame) {
      const keys = (this.brought[frame.topic] ??= new Set());
      Object.keys(frame.set).forEach((key) => keys.add(key));
      frame.drop.forEach((key) => keys.delete(key));
    },

    /** Forget what a topic brought, but for what is there still. @param {string} topic @param {Record<string, Entity>} still */
    lose(topic, still = {}) {
      const keys = this.brought[topic] ?? new Set();
      delete this.brought[topic];
      const elsewhere = Object.values(this.brought);
      keys.forEach((key) => { if (!(key in still) && !elsewhere.some((other) => other.has(key))) delete this.things[key]; });
    },

    /** Make the lists of ids that screens loop over. */
    index() {
      /** @type {Record<string, [number, string][]>} */
      const walls = {};
      /** @type {Record<string, string[]>} */
      const lists = {};
      for (const key in this.things) {
        const [kind, id] = split(key);
        if (!id) continue;
        (lists[kind] ??= []).push(id);
        const thing = this.things[key];
        if (thing.pile && !thing.cluster) (walls[thing.aside ? `${thing.pile} aside` : thing.pile] ??= []).push([thing.rank, id]);
      }
      for (const kind in lists) {
        const order = (/** @type {string} */ id) => this.things[`${kind}:${id}`].order ?? 0;
        lists[kind].sort((a, b) => order(a) - order(b));
      }
      const written = Object.keys(this.mine).filter((key) => key.startsWith("note:")).map((key) => key.slice(5));
      if (differs(this.written, written)) this.written = written;
      const sorted = Object.fromEntries(
        Object.entries(walls).map(([pile, items]) => [pile, items.sort((a, b) => a[0] - b[0]).map((i) => i[1])]),
      );
      for (const pile of new Set([...Object.keys(this.walls), ...Object.keys(sorted)])) {
        if (differs(this.walls[pile], sorted[pile])) this.walls[pile] = sorted[pile] ?? [];
      }
      for (const kind of new Set([...Object.keys(this.lists), ...Object.keys(lists)])) {
        if (differs(this.lists[kind], lists[kind])) this.lists[kind] = lists[kind] ?? [];
      }
    },

    /** @param {any} refusal */
    refuse(refusal) {
      const asks = QUESTIONS.includes(refusal.code);
      this.notice = asks ? "" : refusal.say;
      if (asks) this.kept = refusal;
      giveBack(refusal, words);
      onChange({ step: false, notice: true });
    },

    // What screens ask for

    /** The item under an id: a cluster, a note on the wall, or one's own. @param {string} id @returns {Partial<Kinds["cluster"] & Kinds["note"]>} */
    item(id) {
      return this.things["cluster:" + id] ?? this.things["note:" + id] ?? this.mine["note:" + id] ?? {};
    },
    /** @param {string} id */
    wording(id) {
      const thing = this.item(id);
      return thing.title ?? sentence(thing);
    },
    /** Its words without its figures, where it has both of them. @param {string} id @returns {string} */
    words(id) { return this.figures(id).length ? this.item(id).text ?? "" : this.wording(id); },
    /** From where, to where; nothing unless both are known. @param {string} id @returns {string[]} */
    figures(id) {
      const { baseline, target } = this.item(id);
      return baseline && target ? [baseline, target] : [];
    },
    /** What a note means for what is done today, where that was asked. @param {string} id */
    noteKind(id) { return /** @type {Record<string, string>} */ ({ continue: "goes on", change: "changes", stop: "stops" })[this.item(id).kind ?? ""] ?? ""; },
    /** One of five tints, which mean nothing. @param {string} id */
    tint(id) {
      let sum = 0;
      for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 997;
      return `tint-${sum % 5}`;
    },
    /** @param {string} [id] */
    name(id = "") { return this.look("person", id).name ?? ""; },
    /** Ids of every thing of a kind, in their order. @param {string} kind @returns {string[]} */
    ids(kind) { return this.lists[kind] ?? NOTHING; },
    /** Who takes part, without those who only facilitate. @returns {string[]} */
    get takingPart() { return this.ids("person").filter((id) => this.look("person", id).roles?.includes("participant")); },
    /** What stands on a wall, without what is set aside. @param {string} [pile] */
    wall(pile = "") { return this.walls[pile] ?? NOTHING; },
    /** @param {string} pile */
    aside(pile) { return this.walls[`${pile} aside`] ?? NOTHING; },
    /** One's own notes in a pile. @param {string} [pile] */
    own(pile = "") {
      return this.written.filter((id) => (this.mine["note:" + id] ?? {}).pile === pile);
    },
    /** @returns {Kinds["session"]} */
    get session() { return /** @type {any} */ (this.things.session) ?? { title: "", state: "lobby" }; },
    /** @returns {Kinds["counts"]} */
    get counts() { return /** @type {any} */ (this.things.counts) ?? { people: 0, here: 0, done: 0 }; },
    /** @returns {Kinds["attention"]} */
    get attention() { return /** @type {any} */ (this.things.attention) ?? { spotlight: "", hands: [], speaking: [] }; },
    /** @returns {Kinds["me"]} */
    get me() { return /** @type {any} */ (this.mine.me) ?? { roles: [] }; },
    /** @returns {Kinds["main"]} */
    get main() { return /** @type {any} */ (this.things.main) ?? { label: "", hint: "" }; },
    /**
     * The step, the main button and what is one's own in the step, with what its activity adds to them.
     * @template {keyof StepAdds} A
     * @param {A} _ @returns {Partial<Kinds["step"] & StepAdds[A]>}
     */
    stepOf(_) { return /** @type {any} */ (this.step); },
    /** @template {keyof MainAdds} A @param {A} _ @returns {Partial<Kinds["main"] & MainAdds[A]>} */
    mainOf(_) { return /** @type {any} */ (this.main); },
    /** @template {keyof MineAdds} A @param {A} _ @returns {Partial<MineAdds[A]>} */
    mineOf(_) { return /** @type {any} */ (this.mine.mine ?? {}); },
    /** @returns {Kinds["crew"]} */
    get crew() { return /** @type {any} */ (this.things.crew) ?? { here: [], done: [], by_name: false }; },
    /** @returns {Kinds["script"] & Record<string, any>} */
    get script() { return /** @type {any} */ (this.things.script) ?? { steps: [] }; },
    /** Whether people do this in some step of the plan. @param {string} activity */
    plans(activity) { return this.plan.some((step) => step.activity === activity && !step.left_out); },
    /** @returns {Kinds["plan"]["steps"]} */
    get plan() { return /** @type {any} */ (this.things.plan ?? { steps: [] }).steps; },
    /**
     * What is told under a kind and an id; of what there is one of, under the kind alone.
     * @template {keyof Kinds} K
     * @param {K} kind @param {string} [id] @returns {Partial<Kinds[K]>}
     */
    look(kind, id) { return /** @type {any} */ (this.things[id === undefined ? kind : `${kind}:${id}`] ?? {}); },
    /**
     * The same of what is one's own.
     * @template {keyof Kinds} K
     * @param {K} kind @param {string} [id] @returns {Partial<Kinds[K]>}
     */
    lookMine(kind, id) { return /** @type {any} */ (this.mine[id === undefined ? kind : `${kind}:${id}`] ?? {}); },

    // What people do

    /**
     * @param {string} name
     * @param {Record<string, any>} [fields]
     * @param {string[]} [from] the text fields whose words go with it
     */
    send(name, fields = {}, from = []) {
      const command = { id: newId(), do: name, phase: this.step.run, ...fields };
      this.notice = "";
      this.post(command, words?.take(from, this.step.run) ?? []);
      return command.id;
    },
  };
}

/** Words that were refused go back. @param {any} refusal @param {import("./words.js").Words} [words] */
export function giveBack(refusal, words) {
  for (const typed of refusal.words ?? []) words?.back(typed, refusal.say);
}

/** @param {Entity} note */
export function sentence(note) {
  const { text = "", baseline, target } = note;
  const figure = TO_THE_LEFT.test(text) ? apart : whole;
  if (baseline && target) return `${text}, ${figure(baseline)} to ${figure(target)}`;
  if (target) return `${text}, to ${figure(target)}`;
  return baseline ? `${text}, from ${figure(baseline)}` : text;
}

/** Letters that are written from right to left: figures behind them would change places with their units. */
const TO_THE_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** A figure with its unit, whichever way is written around it. @param {string} figure */
const apart = (figure) => `\u2068${whole(figure)}\u2069`;

/** A short figure stays with its unit when a line ends. @param {string} figure */
const whole = (figure) => (figure.length < 9 ? figure.replaceAll(" ", "\u00a0") : figure);

/** Refusals that ask back: the same command with an answer is done. */
const QUESTIONS = ["not_shown", "vote_shown", "few_voted"];
/** What says where a thing is listed. */
const WHERE = ["pile", "rank", "cluster", "aside", "order"];

/** Whether a list has to be made anew. @param {string} key @param {Entity | undefined} old @param {Entity} fresh */
function shifts(key, old, fresh) {
  return key.includes(":") && (!old || WHERE.some((field) => old[field] !== fresh[field]));
}

/** @param {string} key @returns {[string, string]} */
function split(key) {
  const at = key.indexOf(":");
  return at < 0 ? [key, ""] : [key.slice(0, at), key.slice(at + 1)];
}

/** Where a step stands inside itself, if it has stages. @param {any} step @returns {string | undefined} */
const stageOf = (step) => step.stage;

/** @param {string[] | undefined} a @param {string[] | undefined} b */
function differs(a = [], b = []) {
  return a.length !== b.length || a.some((id, place) => id !== b[place]);
}
