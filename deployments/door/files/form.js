// Opens the form of a question that waits: a link to `…/runs/flow-run/<id>?form` leads to the form
// itself, which the window keeps behind a menu. An answer that was refused opens it again, with the
// reason on top. Who closes it is left alone; where the run waits for nobody, nothing happens.
(() => {
  if (!location.pathname.includes("/runs/flow-run/") || !new URLSearchParams(location.search).has("form")) return;
  const press = (element) => {
    for (const kind of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
      element.dispatchEvent(new PointerEvent(kind, { bubbles: true, cancelable: true, button: 0 }));
    }
  };
  const named = (elements, name) => [...document.querySelectorAll(elements)].find((one) => one.textContent.trim() === name);
  let shown = false; // for the question that waits now
  setInterval(() => {
    if (document.querySelector("[role=dialog]")) shown = true;
    else if (!named("[data-slot=badge]", "Suspended")) shown = false;
    else if (!shown) {
      const resume = named("[role=menuitem]", "Resume");
      const menu = named("button[aria-haspopup=menu]", "Open menu");
      if (resume) press(resume);
      else if (menu && menu.getAttribute("aria-expanded") !== "true") press(menu);
    }
  }, 400);
})();
