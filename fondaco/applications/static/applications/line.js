// The line beside the button: what is saved where, in the words of the page.
export class Line {
  constructor(root) {
    this.said = root.querySelector("#saved");
    this.open = root.querySelector("#unsaved");
    this.words = (name) => root.querySelector(`[data-word="${name}"]`).content.cloneNode(true);
  }

  // A sentence of the page, or one that the platform sent; said again it is not read out again.
  say(name, words = "") {
    const made = this.words(name);
    const place = made.querySelector("[data-said]");
    if (place) place.textContent = words;
    if (this.said.textContent.trim() !== made.textContent.trim()) this.said.replaceChildren(made);
  }

  unsaved(names) {
    this.open.replaceChildren(...names.map((name) => this.words(name)));
  }
}
