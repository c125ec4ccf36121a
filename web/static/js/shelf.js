// @ts-check
/** Where a browser keeps things, one entry each: its own storage, or memory where it keeps nothing. */

/** @typedef {ReturnType<typeof shelf>} Shelf */

const PROBE = "waggle.probe";

/**
 * @param {() => Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length"> | null} open a browser may
 *   refuse even to say where its storage is
 */
export function shelf(open = () => window.localStorage) {
  const storage = opened(open);
  /** What the storage did not take. @type {Map<string, string>} */
  const memory = new Map();
  let keeps = storage !== null;

  return {
    /** Whether everything that was put here outlives the page. */
    get keeps() { return keeps; },
    /** @param {string} name @returns {any} null where nothing, or nothing that can be read, is kept */
    read(name) {
      try {
        return JSON.parse(memory.get(name) ?? storage?.getItem(name) ?? "null");
      } catch {
        return null;
      }
    },
    /** @param {string} name @param {unknown} thing */
    write(name, thing) {
      const text = JSON.stringify(thing);
      try {
        if (!storage) throw new Error("no storage");
        storage.setItem(name, text);
        memory.delete(name);
      } catch {
        keeps = false;
        memory.set(name, text);
      }
    },
    /** @param {string} name */
    remove(name) {
      memory.delete(name);
      storage?.removeItem(name);
    },
    /** The names that begin so. @param {string} prefix @returns {string[]} */
    names(prefix) {
      const found = new Set([...memory.keys()].filter((name) => name.startsWith(prefix)));
      for (let at = 0; storage && at < storage.length; at += 1) {
        const name = storage.key(at);
        if (name?.startsWith(prefix)) found.add(name);
      }
      return [...found].sort();
    },
  };
}

/** @param {() => any} open */
function opened(open) {
  try {
    const storage = open();
    storage.setItem(PROBE, "1");
    storage.removeItem(PROBE);
    return storage;
  } catch {
    return null;
  }
}
