// @ts-check
/** The step of now stands in sight, where the plan is longer than its place. */

/** @param {string} step what is the step of now; nothing but that moves the plan */
export function inSight(step) {
  if (step) requestAnimationFrame(show);
}

function show() {
  const [plan, now] = [document.querySelector(".plan"), document.querySelector(".plan .is-now")];
  if (!plan || !now) return;
  const [all, one] = [plan.getBoundingClientRect(), now.getBoundingClientRect()];
  plan.scrollBy((one.left + one.right - all.left - all.right) / 2, (one.top + one.bottom - all.top - all.bottom) / 2);
}
