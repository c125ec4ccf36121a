// @ts-check
/** When a line is worth trying again at once: the page is looked at, or the network is back. */

/** @param {{wake(): void, lost(): void}} line */
export function keepAwake(line) {
  document.addEventListener("visibilitychange", () => { if (!document.hidden) line.wake(); });
  window.addEventListener("focus", () => line.wake());
  window.addEventListener("online", () => line.wake());
  window.addEventListener("offline", () => line.lost());
  window.addEventListener("pageshow", (event) => { if (event.persisted) line.wake(); });
}
