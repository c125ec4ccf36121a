// @ts-check
/** Themes: what counts most, by when, by team and by level, as far as nobody is told apart by it. */

import { brings } from "../brought.js";
import { listed } from "../clock.js";

/** @typedef {import("../shapes.js").ThemeOfStep} Theme */

/** @param {{room: import("../room.js").Room}} ports */
export function themes({ room }) {
  return () => ({
    /** The themes of one page of the big screen. @param {string[]} shown */
    onPage(shown) { return (room.stepOf("themes").themes ?? []).filter(({ item }) => shown.includes(item)); },
    /** Whether anybody has voted on them. */
    get voted() { return Boolean(room.stepOf("themes").themes?.some(({ dots }) => dots)); },
    /** By when, where enough have voted. @param {Theme} theme */
    split({ now, later }) { return now < 0 || now + later === 0 ? "" : `${now} pressing now, ${later} building for later`; },
    /** @param {Theme} theme */
    from({ teams }) { return `brought up in ${listed(teams)}`; },
    /** @param {Theme} theme */
    levels({ leaders, others }) { return leaders < 0 ? "" : `${leaders} from leaders, ${others} from everyone else`; },
    /** @param {Theme} theme */
    keep({ item, kept }) { room.send("keep_outlier", { item, on: !kept }); },
  });
}

brings({ themes });
