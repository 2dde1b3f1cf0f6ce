// The answers of a form as lists of texts by question, and the marks of what the server has shown.
const PREFIX = "q-", WAS = "was-", MOST_MARKS = 20;
const isTyped = (one) => one.name?.startsWith(PREFIX) && one.type !== "file" && !one.disabled;

export const isSame = (one, other) => JSON.stringify(one ?? []) === JSON.stringify(other ?? []);

export class Fields {
  isWriting = false;

  constructor(form) {
    this.form = form;
  }

  #controls(code) {
    return [...this.form.elements].filter((one) => isTyped(one) && one.name === PREFIX + code && !one.closest("fieldset:disabled"));
  }

  get codes() {
    const typed = [...this.form.elements].filter((one) => isTyped(one) && !one.closest("fieldset:disabled"));
    return [...new Set(typed.map((one) => one.name.slice(PREFIX.length)))];
  }

  // Rows of groups that were added in this browser and are not on the page yet.
  makeRoom(codes) {
    this.form.dispatchEvent(new CustomEvent("rows-needed", { bubbles: true, detail: codes }));
  }

  read(code) {
    const given = this.#controls(code).flatMap((one) => (/^(checkbox|radio)$/.test(one.type) && !one.checked ? [] : [one.value]));
    return given.filter((text) => text !== "").map((text) => text.replaceAll("\r\n", "\n"));
  }

  readAll() {
    return Object.fromEntries(this.codes.map((code) => [code, this.read(code)]));
  }

  write(code, texts) {
    this.isWriting = true;
    for (const one of this.#controls(code)) {
      if (/^(checkbox|radio)$/.test(one.type)) one.checked = texts.includes(one.value);
      else one.value = texts[0] ?? "";
      one.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.isWriting = false;
  }

  mark(code) {
    return this.form.elements[WAS + code]?.value ?? "";
  }

  setMark(code, mark) {
    const kept = this.form.elements[WAS + code];
    if (kept) kept.value = mark;
  }

  // What was sent and may or may not have arrived counts as shown beside what was shown first.
  addMark(code, mark) {
    const [first, ...later] = this.mark(code).split(" ");
    this.setMark(code, [first, ...later.filter((one) => one !== mark), mark].slice(0, MOST_MARKS).join(" "));
  }

  // What people read: the question, and an answer with the words of its choices.
  label(code) {
    const one = this.#controls(code)[0];
    const words = one?.closest("fieldset")?.querySelector("legend") ?? this.form.querySelector(`label[for="${PREFIX + code}"]`);
    return words?.textContent.trim() ?? code;
  }

  words(code, texts) {
    const controls = this.#controls(code);
    const named = (text) => {
      const control = controls.find((one) => one.value === text && /^(checkbox|radio)$/.test(one.type));
      const option = [...(controls[0]?.options ?? [])].find((one) => one.value === text);
      return (control?.closest("label") ?? option)?.textContent.trim() ?? text;
    };
    return texts.map(named).join("\n");
  }

  body() {
    const body = new URLSearchParams();
    for (const [name, text] of new FormData(this.form)) {
      if (typeof text === "string" && (name.startsWith(PREFIX) || name.startsWith(WAS))) body.append(name, text);
    }
    for (const code of this.form.dataset.many.split(" ").filter(Boolean)) body.append("many", code);
    return body;
  }
}
