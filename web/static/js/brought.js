// @ts-check
/** What activities bring to a page: each script says so itself, before Alpine begins. */

/** @type {Record<string, (ports: any) => unknown>} */
const makers = {};

/** @param {Record<string, (ports: any) => unknown>} found by the name templates call it */
export function brings(found) { Object.assign(makers, found); }

/** @param {any} Alpine @param {any} ports */
export function register(Alpine, ports) {
  for (const [name, make] of Object.entries(makers)) Alpine.data(name, make(ports));
}
