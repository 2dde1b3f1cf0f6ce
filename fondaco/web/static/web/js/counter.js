// Counts as the server counts: whole characters (code points), a line break as one.
export const lengthOf = (text) => [...text.replace(/\r\n?/g, "\n")].length;

const NEAR = 0.9;

const show = (counter, control) => {
  const limit = Number(counter.dataset.limit);
  const used = lengthOf(control.value);
  const number = new Intl.NumberFormat(document.documentElement.lang).format(Math.abs(limit - used));
  const words = used > limit ? counter.dataset.over : counter.dataset.left;
  counter.textContent = words.replace(/\{(left|over)\}/, number);
  counter.classList.toggle("is-over", used > limit);
  counter.classList.toggle("is-near", used <= limit && used >= limit * NEAR);
};

const watch = (root) => {
  for (const counter of root.querySelectorAll("[data-counter-for]:not([data-counts])")) {
    const control = document.getElementById(counter.dataset.counterFor);
    if (!control) continue;
    counter.dataset.counts = "";
    control.removeAttribute("maxlength");
    control.addEventListener("input", () => show(counter, control));
    show(counter, control);
  }
};

watch(document);
document.addEventListener("htmx:load", (event) => watch(event.target));
