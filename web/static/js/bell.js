// @ts-check
/** The bell: two soft tones, a knock, or none; once a browser has been allowed to sound. */

/** @typedef {{pitch: number, delay: number, lasts: number, shape: OscillatorType}} Tone */

/** What each bell is called, and what it is made of. @type {Record<string, {word: string, tones: Tone[]}>} */
const BELLS = {
  tones: { word: "two tones", tones: [660, 880].map((pitch, at) => ({ pitch, delay: at / 4, lasts: 1.2, shape: "sine" })) },
  knock: { word: "a knock", tones: [0, .18, .36].map((delay) => ({ pitch: 220, delay, lasts: .12, shape: "triangle" })) },
  none: { word: "none", tones: [] },
};
const KEPT = "waggle.bell";

/** @param {Pick<import("./shelf.js").Shelf, "read" | "write">} shelf where the choice of this browser is kept */
export function bell(shelf) {
  /** @type {AudioContext | null} */
  let context = null;
  const chosen = () => (shelf.read(KEPT) in BELLS ? /** @type {string} */ (shelf.read(KEPT)) : "tones");
  return {
    /** Call this from a click. */
    allow() {
      context ??= new AudioContext();
      void context.resume();
    },
    get allowed() { return context !== null; },
    get word() { return BELLS[chosen()].word; },
    /** The next one is this browser's from now on. */
    choose() {
      const names = Object.keys(BELLS);
      shelf.write(KEPT, names[(names.indexOf(chosen()) + 1) % names.length]);
    },
    ring() {
      for (const { pitch, delay, lasts, shape } of context ? BELLS[chosen()].tones : []) sound(/** @type {AudioContext} */ (context), pitch, delay, lasts, shape);
    },
  };
}

/** @param {AudioContext} context @param {number} pitch @param {number} delay @param {number} lasts @param {OscillatorType} shape */
function sound(context, pitch, delay, lasts, shape) {
  const tone = context.createOscillator();
  const loud = context.createGain();
  const at = context.currentTime + delay;
  tone.type = shape;
  tone.frequency.value = pitch;
  loud.gain.setValueAtTime(0.0001, at);
  loud.gain.exponentialRampToValueAtTime(0.2, at + 0.03);
  loud.gain.exponentialRampToValueAtTime(0.0001, at + lasts);
  tone.connect(loud).connect(context.destination);
  tone.start(at);
  tone.stop(at + lasts + .1);
}
