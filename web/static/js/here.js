// @ts-check
/** Where this server's pages are, which may be beneath a path: every address that a script makes begins here. */

const root = globalThis.document?.documentElement.dataset.root ?? "";

/** The address of a page, a file or a question, by its path at this server. @param {string} path */
export const addressOf = (path) => root + path;

/** Where a socket is opened. @param {string} path */
export const liveAt = (path) => `${location.protocol.replace("http", "ws")}//${location.host}${root}${path}`;
