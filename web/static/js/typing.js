// @ts-check
/** What a key says while somebody types. */

/**
 * Whether an Enter sends: not with Shift, and not where it ends the conversion of what is typed in Japanese, Chinese or
 * Korean. Safari tells the end before the key, and only its number still says so.
 * @param {KeyboardEvent} event
 */
export function sends(event) {
  return event.key === "Enter" && !event.isComposing && event.keyCode !== 229 && !event.shiftKey;
}
