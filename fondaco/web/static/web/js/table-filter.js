// Hides the rows of a table that do not hold every word typed; the form asks the server when it is sent.
const plain = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f\u064b-\u0652\u0640]/g, "").replace(/[\u0622\u0623\u0625]/g, "\u0627").toLocaleLowerCase();

for (const control of document.querySelectorAll("[data-filters]")) {
  const table = document.getElementById(control.dataset.filters);
  if (!table) continue;
  control.addEventListener("input", () => {
    const wanted = plain(control.value).split(/\s+/).filter(Boolean);
    for (const row of table.tBodies[0].rows) {
      const text = plain(row.textContent);
      row.hidden = !wanted.every((word) => text.includes(word));
    }
  });
}
