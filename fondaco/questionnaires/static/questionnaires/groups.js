// Rows of a group: added, moved, taken away and put back at once; what they come to is said.
// Without this script the same buttons save the page first.
import { figureIn, reckon, said } from "./figures.js";

const SIGNS = "23456789abcdefghjkmnpqrstuvwxyz", NEW = "newrow";
const newCode = () => [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => SIGNS[byte % SIGNS.length]).join("");
const number = (figure) => new Intl.NumberFormat(document.documentElement.lang).format(figure);

class Group {
  constructor(element) {
    this.element = element;
    this.code = element.dataset.group;
    this.list = element.querySelector("[data-rows]");
    this.words = element.querySelector("[data-row-said]");
    element.addEventListener("click", (event) => this.#clicked(event));
    element.addEventListener("input", ({ target }) => this.#typed(target));
  }

  get rows() {
    return [...this.list.querySelectorAll("[data-row]")];
  }

  get standing() {
    return this.rows.filter((row) => this.#place(row).value);
  }

  #place(row) {
    return row.querySelector("[data-place]");
  }

  #line(row) {
    return this.list.querySelector(`[data-removed="${row.dataset.row}"]`);
  }

  #say(word, told = "") {
    this.words.textContent = this.words.dataset[word].replace("{number}", told);
  }

  #put(row, place) {
    const kept = this.#place(row);
    if (kept.value === place) return;
    kept.value = place;
    kept.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #number(rows) {
    rows.forEach((row, index) => this.#put(row, String(index + 1)));
    for (const [index, row] of rows.entries()) {
      const name = row.querySelector("legend");
      const before = name.dataset.name ??= name.textContent;
      const now = /[\d٠-٩]+/.test(before) ? before.replace(/[\d٠-٩]+/, number(index + 1)) : before;
      for (const words of [name, ...row.querySelectorAll("[data-row-act] > .unseen")]) words.textContent = words === name ? now : ` ${now}`;
    }
  }

  #typed(target) {
    const row = target.closest("[data-row]");
    if (target.dataset.place !== undefined && row) this.#shown(row);
    this.reckon();
  }

  // A row without a place is not there: a line stands in its stead.
  #shown(row) {
    const isThere = Boolean(this.#place(row).value), line = this.#line(row);
    if (row.hidden === !isThere) return;
    row.hidden = !isThere;
    line.hidden = isThere;
    const typed = [...row.querySelectorAll("input:not([type=hidden]), textarea")].map((one) => one.value);
    line.querySelector("[data-removed-says]").textContent = typed.find(Boolean) ?? "";
  }

  #clicked(event) {
    const button = event.target.closest("[data-row-act]");
    if (!button) return;
    event.preventDefault();
    const act = button.dataset.rowAct, code = button.value.split(" ")[2];
    const row = this.rows.find((one) => one.dataset.row === code);
    if (act === "add") this.#add(newCode(), true);
    else if (act === "remove") this.#remove(row);
    else if (act === "put-back") this.#putBack(row);
    else this.#move(row, act, button);
    this.reckon();
  }

  #add(code, isNew) {
    if (isNew && this.standing.length >= Number(this.element.dataset.most)) return null;
    const made = this.element.querySelector("template").content.cloneNode(true);
    for (const one of made.querySelectorAll("*")) {
      for (const { name, value } of [...one.attributes]) if (value.includes(NEW)) one.setAttribute(name, value.replaceAll(NEW, code));
    }
    const row = made.querySelector("[data-row]");
    this.list.append(made);
    if (!isNew) return row;
    this.#number([...this.standing, row]);
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    this.#say("added");
    return row;
  }

  #remove(row) {
    this.#put(row, "");
    this.#number(this.standing);
    this.#line(row).querySelector("[data-row-act]").focus();
    this.#say("removed");
  }

  #putBack(row) {
    this.#number([...this.standing.filter((one) => one !== row), row]);
    this.list.append(row, this.#line(row));
    row.focus();
    this.#say("putBack");
  }

  #move(row, act, button) {
    const rows = this.standing, at = rows.indexOf(row), to = act === "up" ? at - 1 : at + 1;
    if (to < 0 || to >= rows.length) return;
    const other = rows[to];
    if (act === "up") other.before(row, this.#line(row));
    else this.#line(other).after(row, this.#line(row));
    this.#number(this.standing);
    button.focus();
    this.#say("moved", number(to + 1));
  }

  // Rows that a copy in the browser has and the page has not.
  makeRoom(keys) {
    const codes = keys.filter((key) => key.startsWith(`${this.code}.`)).map((key) => key.split(".")[1]);
    for (const code of new Set(codes)) if (!this.rows.some((row) => row.dataset.row === code)) this.#shown(this.#add(code, false));
  }

  #figures(row) {
    const found = new Map();
    for (const one of row.querySelectorAll("input[inputmode=decimal]")) {
      const figure = figureIn(one.value, one.dataset.kind === "money");
      if (figure !== null) found.set(one.name.split(".")[2], figure);
    }
    for (const sum of row.querySelectorAll("[data-formula]")) {
      const figure = reckon(sum.dataset.formula, found);
      sum.textContent = said(figure, sum.dataset.currency);
      if (figure !== null) found.set(sum.dataset.sum, figure);
    }
    return found;
  }

  reckon() {
    const rows = this.standing.map((row) => this.#figures(row));
    const totals = [...this.element.querySelectorAll("[data-total]")];
    let figure = this.standing.filter((row) => [...row.querySelectorAll("input:not([type=hidden]), select, textarea")].some((one) => one.value)).length;
    for (const total of totals) {
      const sum = rows.reduce((whole, row) => whole + (row.get(total.dataset.total) ?? 0), 0);
      total.textContent = said(Math.round(sum * 100) / 100, total.dataset.currency);
      if (total.dataset.isFigure !== undefined && figure) figure = sum;
    }
    this.element.dataset.figure = figure || "";
    this.element.dispatchEvent(new Event("reckoned", { bubbles: true }));
  }
}

const groups = [...document.querySelectorAll("[data-group]")].map((element) => new Group(element));
document.addEventListener("rows-needed", ({ detail }) => groups.forEach((group) => group.makeRoom(detail)));
