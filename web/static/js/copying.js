// @ts-check
/** Copying a link, also where a page is plain http and has no clipboard. */

/**
 * @param {string} id the field that shows the link
 * @param {string} link
 * @returns {Promise<boolean>} whether it is on the clipboard
 */
export async function copyLink(id, link) {
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById(id));
  field?.select();
  try {
    await navigator.clipboard.writeText(link);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
