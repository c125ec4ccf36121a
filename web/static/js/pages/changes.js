// @ts-check
/** Moments on a page that was made on the server, as the clock on the reader's own wall has them. */

const said = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

for (const moment of /** @type {NodeListOf<HTMLTimeElement>} */ (document.querySelectorAll("time[datetime]"))) {
  moment.textContent = said.format(new Date(moment.dateTime));
}
