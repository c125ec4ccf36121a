// @ts-check
/** A page whose parts did not arrive says so, instead of lying there dead. */

addEventListener("load", () => {
  if (/** @type {any} */ (window).Alpine) return;
  const said = document.createElement("p");
  said.className = "over";
  said.setAttribute("role", "alert");
  said.textContent = "This page could not load a part it needs, so nothing on it works yet. Is there a connection to "
    + "the internet? Whoever runs this server can make it work without one: run bin/setup, then start it again.";
  document.body.prepend(said);
});
