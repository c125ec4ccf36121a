// @ts-check
/** The bell: two soft tones, once a browser has been allowed to sound. */

export function bell() {
  /** @type {AudioContext | null} */
  let context = null;
  return {
    /** Call this from a click. */
    allow() {
      context ??= new AudioContext();
      void context.resume();
    },
    get allowed() { return context !== null; },
    ring() {
      if (!context) return;
      for (const [pitch, delay] of [[660, 0], [880, 0.25]]) {
        const tone = context.createOscillator();
        const loud = context.createGain();
        const at = context.currentTime + delay;
        tone.frequency.value = pitch;
        loud.gain.setValueAtTime(0.0001, at);
        loud.gain.exponentialRampToValueAtTime(0.2, at + 0.03);
        loud.gain.exponentialRampToValueAtTime(0.0001, at + 1.2);
        tone.connect(loud).connect(context.destination);
        tone.start(at);
        tone.stop(at + 1.3);
      }
    },
  };
}
