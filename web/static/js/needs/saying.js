// @ts-check
/** How far a need is, in words and by its mark; days as people read them; a need as one sentence. */

/** @typedef {Partial<import("../shapes.js").DependencyShown>} Need */

/** What each mark is called; the order is the one they are counted in. @type {Record<string, string>} */
export const MARKS = {
  agreed: "agreed", accepted: "to confirm", conditional: "if …", proposed: "no answer", declined: "declined", undecided: "needs a decision",
  slipped: "slipped", done: "done", withdrawn: "withdrawn",
};

/** The mark of a need: half a yes is another one than a whole. @param {Need} need */
export function markOf({ state = "proposed", agreed }) { return state === "accepted" && agreed ? "agreed" : state; }

/** How far it is, whole. @param {Need} need */
export function standingWords(need) {
  const { state = "proposed", agreed, provider_name = "", consumer_name = "", decider = "" } = need;
  if (state === "accepted") return agreed ? "Agreed by both" : `${provider_name} said yes; ${consumer_name} has to confirm`;
  if (state === "conditional") return agreed ? "Agreed, on a condition" : `${provider_name} said yes, on a condition; ${consumer_name} has to confirm`;
  if (state === "declined") return `${provider_name} declined`;
  if (state === "undecided") return decider ? `${decider} decides` : "Needs a decision";
  if (state === "slipped") return "It slips: a new day, or it goes";
  if (state === "done") return "It has come";
  if (state === "withdrawn") return `${consumer_name} has withdrawn it`;
  return `No answer from ${provider_name} yet`;
}

/** @param {string} day an ISO date, or what a file says instead */
export function dayWords(day) {
  const found = dateOf(day);
  return found ? found.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "long", timeZone: "UTC" }) : day;
}

/** @param {string} day */
export function dateOf(day) {
  const found = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : null;
  return found && !Number.isNaN(found.getTime()) ? found : null;
}

/** In which week of a cycle a day is, from 1 on; 0 where either is not known. @param {string} day @param {string} start */
export function weekOf(day, start) {
  const [at, from] = [dateOf(day), dateOf(start)];
  return at && from ? Math.max(1, Math.floor((at.getTime() - from.getTime()) / (7 * 86_400_000)) + 1) : 0;
}

/** Whether a day is over. @param {string} day @param {number} now Unix milliseconds */
export function isOver(day, now) {
  const found = dateOf(day);
  return found !== null && found.getTime() + 86_400_000 < now;
}

/** What waits longer than it was to: a decision whose day is over. @param {Need} need @param {number} now */
export function overdue(need, now) {
  if (need.state === "undecided") return isOver(need.decide_by ?? "", now);
  return need.state === "proposed" && isOver(need.decision_date ?? "", now);
}

/** The whole need in one sentence, for lists, paper and whoever hears it. @param {Need} need */
export function sentence({ consumer_name = "", provider_name = "", need = "", need_by = "", because = "" }) {
  return [`${consumer_name} needs ${need} from ${provider_name}`, need_by ? ` by ${dayWords(need_by)}` : "", because ? `, because ${because}` : ""].join("");
}
