// Opens the form of a question that waits: a link to `…/runs/flow-run/<id>?form` leads to the form
// itself, which the window keeps behind a menu. Does nothing where the run waits for nobody.
(() => {
  if (!location.pathname.includes("/runs/flow-run/") || !new URLSearchParams(location.search).has("form")) return;
  const press = (element) => {
    for (const kind of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
      element.dispatchEvent(new PointerEvent(kind, { bubbles: true, cancelable: true, button: 0 }));
    }
  };
  const named = (elements, name) => [...elements].find((one) => one.textContent.trim() === name);
  let looks = 0;
  const look = setInterval(() => {
    if (document.querySelector("[role=dialog]") || (looks += 1) > 120) return clearInterval(look);
    const resume = named(document.querySelectorAll("[role=menuitem], button"), "Resume");
    if (resume) return press(resume);
    const menu = named(document.querySelectorAll("button[aria-haspopup=menu]"), "Open menu");
    const waits = document.body.textContent.includes("Suspended");
    if (menu && waits && menu.getAttribute("aria-expanded") !== "true") press(menu);
  }, 250);
})();
