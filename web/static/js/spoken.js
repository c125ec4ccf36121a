// @ts-check
/** What was done in somebody's name, as sentences. */

/** @type {Record<string, string>} */
const DONE = {
  link: "{by} made a personal link for {for}.",
  claim: "{by} let a device in as {for}.",
  merged: "{by} said that two entries are one person: {for}.",
  vote: "{by} voted for {for}, openly.",
  cofacilitator: "{by} made a link for a co-facilitator.",
  screen: "{by} made a link for the big screen.",
};
/** @type {Record<string, string>} */
const STATES = { refused: "{for} refused it.", withdrawn: "It was taken back.", fine: "{for} said that it is fine." };
/** @type {Record<string, string>} */
const ASKED = {
  link: "{by} made a link that speaks as you. It does not see what you wrote and voted before. A vote with it counts in the place of yours.",
  claim: "{by} let another device in as you. It does not see what you wrote and voted before. A vote with it counts in the place of yours.",
  merged: "{by} says that you and {about} are one person.",
  vote: "{by} has voted for you, openly. Your own vote counts instead as soon as you give one.",
};

/** @param {string} text @param {Record<string, string>} values */
function fill(text, values) { return text.replace(/\{(\w+)\}/g, (_, name) => values[name] || "somebody"); }

/** @param {any} made @param {(id: string) => string} name */
export function spokenWords(made, name) {
  const values = { by: name(made.by), for: name(made.for) };
  return [DONE[made.how], STATES[made.state]].filter(Boolean).map((text) => fill(text, values)).join(" ");
}

/** @param {any} made */
export function askedWords(made) { return fill(ASKED[made.how] ?? "", made); }
