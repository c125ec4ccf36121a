// @ts-check
/** What a page says to those who listen: each thing once, politely, and nothing that stood there when one came. */

/** @typedef {import("./room.js").Room} Room */

/** What is worth saying in an activity as it stands now; each activity's script says so itself. @type {Record<string, (room: Room) => string>} */
const tellers = {};

/** @param {Record<string, (room: Room) => string>} found by activity */
export function tells(found) { Object.assign(tellers, found); }

/**
 * @param {HTMLElement | null} place a polite live region
 * @returns {(sentence: string) => void}
 */
export function aloud(place) {
  return (sentence) => {
    if (!place || !sentence) return;
    const said = document.createElement("p");
    said.textContent = sentence;
    place.append(said);
    // Who listens has heard what came before; who looks for it later finds the last of it.
    while (place.children.length > 3) place.firstElementChild?.remove();
  };
}

/**
 * Say what changes inside a step: what is shown, that one's own is in, the last minute.
 * @param {{room: Room, clock: {low: boolean, over: boolean}, effect: (work: () => void) => void, say: (sentence: string) => void}} ports
 */
export function followAloud({ room, clock, effect, say }) {
  const now = {
    /** @returns {string} */
    told: () => tellers[room.step.activity]?.(room) ?? "",
    mine: () => (room.me.done && room.step.waits ? "Thank you. Yours is in." : ""),
    time: () => (clock.over ? "Time is up." : clock.low ? "One minute left." : ""),
  };
  for (const read of Object.values(now)) {
    let [run, before] = [room.step.run, ""];
    let first = true;
    effect(() => {
      const sentence = read();
      if (!first && run === room.step.run && sentence !== before) say(sentence);
      [run, before, first] = [room.step.run, sentence, false];
    });
  }
}
