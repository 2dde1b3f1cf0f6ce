// Asks before what cannot be undone, and opens dialogs. Without this script forms go straight to the server,
// and a link that opens a dialog leads to its page.
const dialog = document.getElementById("confirm");
let waiting = null;

document.addEventListener("submit", (event) => {
  const pressed = event.submitter;
  const question = pressed?.dataset.confirm ?? event.target.dataset.confirm;
  if (!question || !dialog || waiting?.isSure) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting = { form: event.target, pressed, isSure: false };
  dialog.querySelector("[data-question]").textContent = question;
  dialog.showModal();
}, { capture: true });

dialog?.addEventListener("click", (event) => {
  if (event.target.closest("[data-no]") || event.target === dialog) dialog.close();
  if (!event.target.closest("[data-yes]") || !waiting) return;
  waiting.isSure = true;
  const { form, pressed } = waiting;
  dialog.close();
  form.requestSubmit(pressed);
  waiting = null;
});

document.addEventListener("click", (event) => {
  event.target.closest("[data-closes]")?.closest("dialog")?.close();
  const opener = event.target.closest("[data-opens]");
  const opened = opener && document.getElementById(opener.dataset.opens);
  if (!opened?.showModal) return;
  event.preventDefault();
  opened.showModal();
});

document.querySelector("[data-takes-focus]")?.focus();
