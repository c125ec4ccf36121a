// @ts-check
/** Focus that would fall to the page, because what held it went away, goes to its nearest heir. */

const CAN = "a[href], button, summary, select, input, textarea, [tabindex]";
/** What is another page as far as the focus goes: with it, the part it stands in has the focus. */
const WHOLE = ".step-run";
/** Where nothing near can have it, the part of the page has it, and reading goes on from there. */
const PARTS = "main, header, nav, aside, footer, dialog, body";

/**
 * Watch a page. Nothing is taken from what has the focus, and nothing given once somebody let go of it.
 * @param {Document} page
 * @param {(work: () => void) => void} [soon]
 */
export function heirs(page, soon = requestAnimationFrame) {
  /** What had the focus last; nothing once somebody put it down. @type {HTMLElement | null} */
  let last = null;
  /** Where it stood when it was taken away, and whether all around it went. @type {{parent: Element, next: Node | null, whole: boolean} | null} */
  let gap = null;
  let waits = false;

  page.addEventListener("focusin", ({ target }) => { [last, gap] = [/** @type {HTMLElement} */ (target), null]; });
  page.addEventListener("focusout", () => {
    // A page that goes to the back keeps its focus; somebody who presses beside everything lets go of it, and what
    // was moved about loses it without anybody's doing.
    const held = last;
    queueMicrotask(() => {
      see(watching.takeRecords());
      if (held === last && !gap && nobody() && last && stands(last)) last = null;
    });
  });
  const watching = new MutationObserver(see);
  watching.observe(page, { childList: true, subtree: true, attributes: true, attributeFilter: ["style", "hidden", "disabled", "aria-hidden", "open"] });

  /** @param {MutationRecord[]} changes */
  function see(changes) {
    if (!last || !changes.length) return;
    changes.forEach(remember);
    // What was only moved about has it back before another letter is typed.
    if (gap && nobody() && stands(last)) last.focus({ preventScroll: true });
    else look();
  }

  function nobody() { return !page.activeElement || page.activeElement === page.body; }

  /** @param {MutationRecord} change */
  function remember({ removedNodes, target, nextSibling }) {
    for (const gone of removedNodes) {
      if (gap ? gone.contains(gap.parent) || gone === gap.next : gone.contains(last)) {
        const whole = Boolean(gap?.whole) || (gone instanceof Element && gone.matches(WHOLE));
        gap = { parent: /** @type {Element} */ (target), next: nextSibling, whole };
      }
    }
  }

  function look() {
    if (waits) return;
    waits = true;
    soon(() => {
      waits = false;
      if (!last || !(nobody() || page.activeElement === last)) return;
      if (!stands(last)) pass(last);
      else if (nobody()) last.focus({ preventScroll: true });
    });
  }

  /** @param {HTMLElement} from */
  function pass(from) {
    // Whoever types types on into a field or into nothing, and a keyboard comes up only where one was.
    const kind = isField(from) ? "field" : matchMedia("(pointer: coarse)").matches ? "button" : "any";
    /** @type {Element | null} */
    let parent = from.isConnected ? from.parentElement : gap?.parent ?? page.body;
    /** @type {Node | null} */
    let next = from.isConnected ? from : gap?.next ?? null;
    while (parent && !(parent.matches(PARTS) && stands(parent))) {
      const heir = gap?.whole ? null : nearest(parent, next, kind);
      if (heir) { heir.focus({ preventScroll: true }); return; }
      [parent, next] = [parent.parentElement, parent.nextSibling];
    }
    const part = /** @type {HTMLElement} */ (parent && parent !== page.body ? parent : page.querySelector("main") ?? page.body);
    if (!part.hasAttribute("tabindex")) part.tabIndex = -1;
    part.focus({ preventScroll: true });
  }
}

/**
 * The first one from a place on that can have the focus, else the last one before it.
 * @param {Element} parent @param {Node | null} next @param {"field" | "button" | "any"} kind
 */
function nearest(parent, next, kind) {
  const able = /** @type {HTMLElement[]} */ ([...parent.querySelectorAll(CAN)])
    .filter((one) => stands(one) && one.tabIndex >= 0 && (kind === "any" || isField(one) === (kind === "field")) && !one.matches(".danger"));
  const after = able.find((one) => next && next !== one && next.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) ?? null;
  const at = able.find((one) => one === next) ?? null;
  return at ?? after ?? able.at(-1) ?? null;
}

/** @param {Element} one */
function stands(one) {
  return one.isConnected && !one.matches(":disabled") && !one.closest("[aria-hidden=true], [inert]")
    && one.checkVisibility({ visibilityProperty: true });
}

/** @param {Element} one */
function isField(one) { return one.matches("textarea, input:not([type=checkbox], [type=radio], [type=button])"); }

if (typeof document !== "undefined") heirs(document);
