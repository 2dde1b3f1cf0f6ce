// Two answers to one question, side by side in a dialog; somebody chooses, question by question.
export class Choice {
  #open = new Map();
  #chosen = () => {};

  constructor(dialog, fields) {
    this.dialog = dialog;
    this.fields = fields;
    dialog.querySelector("form").addEventListener("submit", (event) => this.#keep(event));
  }

  get pending() {
    return this.#open;
  }

  onChosen(act) {
    this.#chosen = act;
  }

  // `theirs` is a list of texts and `mark` the platform's mark of it. Mine is what the field says,
  // or where a copy of the browser brought it back, what the copy says.
  offer(clashes, { opens = false } = {}) {
    for (const clash of clashes) this.#open.set(clash.question, clash);
    if (opens && this.#open.size) this.show();
  }

  settled(questions) {
    for (const question of questions) if (!this.held(question)) this.#open.delete(question);
  }

  // What a copy of the browser brought back and nobody has chosen yet.
  held(question) {
    const clash = this.#open.get(question);
    return clash?.mine ? clash : null;
  }

  #mine({ question, mine }) {
    return mine ?? this.fields.read(question);
  }

  show() {
    const rows = [...this.#open.values()].map((clash) => this.#row(clash));
    this.dialog.querySelector("[data-rows]").replaceChildren(...rows);
    if (!this.dialog.open) this.dialog.showModal();
  }

  #row(clash) {
    const { question, theirs } = clash, mine = this.#mine(clash);
    const row = this.dialog.querySelector("template").content.cloneNode(true);
    const nothing = this.dialog.dataset.nothing;
    row.querySelector("legend").textContent = this.fields.label(question);
    row.querySelector("[data-mine]").textContent = this.fields.words(question, mine) || nothing;
    row.querySelector("[data-theirs]").textContent = this.fields.words(question, theirs) || nothing;
    for (const radio of row.querySelectorAll("input")) radio.name = `choose-${question}`;
    return row;
  }

  #keep(event) {
    event.preventDefault();
    const form = event.target;
    for (const [question, clash] of this.#open) {
      const isMine = form.elements[`choose-${question}`]?.value !== "theirs";
      this.fields.setMark(question, clash.mark);
      this.fields.write(question, isMine ? this.#mine(clash) : clash.theirs);
    }
    this.#open.clear();
    this.dialog.querySelector("[data-rows]").replaceChildren();
    this.dialog.close();
    this.#chosen();
  }
}
