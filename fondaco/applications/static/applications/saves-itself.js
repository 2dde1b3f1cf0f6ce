// Saves a section while it is written: a moment after the last key, at once when a choice is made.
// Files go with the buttons only. Without this script the buttons do everything.
const PAUSE = 1200;

// A browser keeps a day that does not exist, such as 31 February, to itself: say so, and stay here.
const wrongDay = (form) => {
  const days = [...form.querySelectorAll("input[type=date]")];
  for (const day of days) {
    const words = document.getElementById(`${day.id}-day`);
    if (words) words.hidden = !day.validity.badInput;
  }
  return days.find((day) => day.validity.badInput);
};

for (const form of document.querySelectorAll("form[data-saves-itself]")) {
  let waiting = 0;
  const save = () => {
    waiting = 0;
    form.dispatchEvent(new CustomEvent("saves-itself"));
  };
  const after = (pause) => {
    clearTimeout(waiting);
    waiting = setTimeout(save, pause);
  };
  form.addEventListener("input", (event) => {
    if (event.target.type !== "file") after(PAUSE);
  });
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") after(50);
  });
  form.addEventListener("htmx:configRequest", (event) => {
    for (const file of form.querySelectorAll("input[type=file]")) delete event.detail.parameters[file.name];
  });
  window.addEventListener("beforeunload", (event) => {
    if (waiting && !form.dataset.leaves) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    const day = wrongDay(form);
    if (day) {
      event.preventDefault();
      day.focus();
      return;
    }
    clearTimeout(waiting);
    form.dataset.leaves = "yes";
  });
}
