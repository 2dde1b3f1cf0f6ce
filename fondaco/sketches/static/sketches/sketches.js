// The builder: the preview follows each save, rows can be dragged, a new row takes the focus.
document.documentElement.classList.add("has-script");
const form = document.getElementById("sketch");
let unsaved = false;
let held = null;

form?.addEventListener("input", () => { unsaved = true; });

document.addEventListener("htmx:configRequest", (event) => {
  const pressed = event.detail.triggeringEvent?.target;
  if (pressed?.matches?.("[data-shapes]")) event.detail.parameters.append("whole", "yes");
  unsaved = false;
});

document.addEventListener("htmx:sendError", () => { unsaved = true; });
document.addEventListener("htmx:responseError", () => { unsaved = true; });

document.addEventListener("sketch-kept", () => {
  const preview = document.getElementById("preview");
  if (preview?.contentWindow) preview.contentWindow.location.reload();
  const added = document.querySelector("#body [data-new]");
  const first = added?.querySelector("textarea, input, select");
  if (first && document.activeElement === document.body) first.focus();
});

window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

const rowOf = (element) => element?.closest?.("[data-row]");
const tableOf = (row) => row.closest("[data-table]").dataset.table;
const kindOf = (table) => table.replace(/~\d+/g, "*");

document.addEventListener("pointerdown", (event) => {
  const row = event.target.matches("[data-handle]") ? rowOf(event.target) : null;
  if (row) row.draggable = true;
});

document.addEventListener("dragstart", (event) => {
  held = rowOf(event.target);
  if (held) event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const over = held && rowOf(event.target);
  document.querySelectorAll(".is-over").forEach((row) => row.classList.remove("is-over"));
  if (!over || over === held || kindOf(tableOf(over)) !== kindOf(tableOf(held))) return;
  event.preventDefault();
  over.classList.add("is-over");
});

document.addEventListener("drop", (event) => {
  const over = held && rowOf(event.target);
  if (!over || over === held) return;
  event.preventDefault();
  const told = ["place", tableOf(held), held.dataset.row, tableOf(over), over.dataset.row];
  const button = document.createElement("button");
  button.name = "do";
  button.value = told.join("|");
  button.hidden = true;
  form.append(button);
  form.requestSubmit(button);
  button.remove();
});

document.addEventListener("dragend", () => {
  if (held) held.draggable = false;
  document.querySelectorAll(".is-over").forEach((row) => row.classList.remove("is-over"));
  held = null;
});
