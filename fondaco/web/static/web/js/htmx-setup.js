// htmx sends the form's own token, and focus stays where the reader was.
let held = null;

const tokenFor = (element) =>
  (element.closest("form") ?? document).querySelector("[name=csrfmiddlewaretoken]")?.value ??
  document.querySelector("[name=csrfmiddlewaretoken]")?.value;

document.addEventListener("htmx:configRequest", (event) => {
  const token = tokenFor(event.detail.elt);
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { activeElement } = document;
  held = event.detail.target?.contains(activeElement) ? activeElement.id : null;
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (held === null || document.activeElement !== document.body) return;
  const target = document.getElementById(held) ?? event.detail.target;
  if (!target.matches("a, button, input, select, textarea, summary")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  held = null;
});
