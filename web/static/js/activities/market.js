// @ts-check
/** The marketplace before and beside the stalls: pitches, marks on other teams' goals, commitments, the read-back. */

import { brings } from "../brought.js";

/** @typedef {import("../room.js").Room} Room */

/** What can be seen in another team's goal, as its button and in a list. */
export const SORTS = [
  { key: "dependency", word: "We need this", said: "needs it" },
  { key: "duplicate", word: "We do this too", said: "does it too" },
  { key: "synergy", word: "We can help", said: "can help" },
];
const CLOCKS = /** @type {Record<string, string>} */ ({ aloud: "Aloud, three minutes a team", written: "On cards, read in silence", none: "Not at all: marks and flags are there" });

/** @param {{room: Room}} ports */
export function pitches({ room }) {
  return () => ({
    get step() { return { goals: [], written: false, after: "", round: 0, rounds: 0, ...room.stepOf("pitch") }; },
    /** The goals of the team whose turn it is. */
    get goals() { return this.step.goals.filter((goal) => goal.team === room.stepOf("pitch").pitching); },
  });
}

/** How teams show what they want, and how much trade that leaves. @param {{room: Room}} ports */
export function marketDesk({ room }) {
  return () => ({
    get clocks() { return room.look("clocks").clocks ?? []; },
    /** What the plan says now. */
    get chosen() { return room.look("clocks").chosen ?? ""; },
    /** @param {{pitches: string, pitch: number}} clock */
    wordsOf(clock) {
      const words = CLOCKS[clock.pitches] ?? clock.pitches;
      return clock.pitches === room.look("clocks").usual ? `${words} (usual for you)` : words;
    },
    /** @param {{pitch: number, trade: number, rounds: number}} clock */
    fits({ pitch, rounds }) {
      const left = rounds === 0 ? "no round of trade fits" : rounds === 1 ? "1 round of trade fits" : `${rounds} rounds of trade fit`;
      return pitch ? `${pitch} minutes; then ${left}` : `${left[0].toUpperCase()}${left.slice(1)}`;
    },
    /** @param {{pitches: string}} clock */
    choose({ pitches: how }) { room.send("plan_market", { pitches: how }); },
  });
}

/** @param {{room: Room}} ports */
export function browsing({ room }) {
  return () => ({
    sorts: SORTS,
    get step() { return { goals: [], shown: false, ...room.stepOf("browse") }; },
    get own() { return { team: "", marks: [], ...room.lookMine("trading") }; },
    get goals() { return this.step.goals.filter((goal) => goal.team !== this.own.team); },
    get seeds() { return this.own.marks.some((mark) => mark.seed); },
    /** @param {{id: string}} goal @param {string} sort */
    has(goal, sort) { return this.own.marks.some((mark) => mark.goal === goal.id && mark.sort === sort); },
    /** @param {{id: string}} goal */
    marked(goal) { return this.own.marks.some((mark) => mark.goal === goal.id); },
    /** @param {{id: string}} goal @param {string} sort */
    mark(goal, sort) { room.send("set_mark", { goal: goal.id, sort, on: !this.has(goal, sort) }); },
    get marks() { return room.look("market").marks ?? []; },
    get pairs() { return pairsOf(room, this.marks); },
    /** Teams by how many want to talk with them, the most first. */
    get most() {
      /** @type {Record<string, Set<string>>} */
      const found = {};
      for (const { team, other } of this.marks) (found[other] ??= new Set()).add(team);
      return Object.entries(found).map(([team, by]) => ({ name: nameOf(room, team), count: by.size })).sort((a, b) => b.count - a.count || a.name.localeCompare(b.name)).slice(0, 10);
    },
  });
}

/** Marks by the two teams, each pair a line. @param {Room} room @param {{team: string, other: string, sort: string}[]} marks */
export function pairsOf(room, marks) {
  /** @type {Record<string, Set<string>>} */
  const found = {};
  for (const { team, other, sort } of marks) (found[`${team} ${other}`] ??= new Set()).add(sort);
  return Object.entries(found).map(([key, sorts]) => {
    const [team, other] = key.split(" ");
    return { key, team: nameOf(room, team), other: nameOf(room, other), words: SORTS.filter(({ key: sort }) => sorts.has(sort)).map(({ said }) => said).join(", ") };
  });
}

/** @param {Room} room @param {string} team */
export function nameOf(room, team) { return room.look("team", team).name ?? team; }

/** @param {{room: Room}} ports */
export function committing({ room }) {
  return () => ({
    get left() { return room.stepOf("commit").open ?? []; },
    get own() { return this.left.find(({ team }) => team === room.me.team); },
    get words() {
      if (!room.me.team) return "";
      return this.own ? `${this.wordsOf(this.own)[0].toUpperCase()}${this.wordsOf(this.own).slice(1)}.` : "Nothing waits for your team.";
    },
    /** @param {{answers: number, confirms: number}} team */
    wordsOf({ answers, confirms }) {
      return [answers ? `${answers} to answer` : "", confirms ? `${confirms} to confirm` : ""].filter(Boolean).join(", ");
    },
  });
}

/** @param {{room: Room}} ports */
export function readBack({ room }) {
  return () => ({
    get step() { return { reading: "", read: 0, all: 0, agreed: [], ...room.stepOf("read_back") }; },
    get reading() { return this.step.reading ? [this.step.reading] : []; },
  });
}

brings({ pitches, marketDesk, browsing, committing, readBack });
