// Shows and hides questions as the answers before them are given; what was typed stays in the page.
// Without this script the platform does it when the page is saved.
import { figureIn } from "./figures.js";

const PREFIX = "q-", FIGURES = ["number", "money"];
const said = document.getElementById("asked-said");
const isOff = (one) => one.closest("[data-shown-when]")?.hidden;

const answer = (form, code, kind) => {
  if (kind === "group") {
    const group = form.querySelector(`[data-group="${code}"]`);
    return !group || isOff(group) || !group.dataset.figure ? [] : [group.dataset.figure];
  }
  const controls = [...form.elements].filter((one) => one.name === PREFIX + code);
  const given = controls.filter((one) => !isOff(one) && (!/^(checkbox|radio)$/.test(one.type) || one.checked));
  const texts = given.map((one) => one.value.trim()).filter(Boolean);
  if (!FIGURES.includes(kind)) return kind === "country" ? texts.map((text) => text.toUpperCase()) : texts;
  return texts.map((text) => figureIn(text, kind === "money")).filter((figure) => figure !== null).map(String);
};

const order = ([one], [other]) => {
  const [left, right] = [Number(one), Number(other)];
  if (Number.isNaN(left) || Number.isNaN(right)) return (one > other) - (one < other);
  return (left > right) - (left < right);
};
const isEvery = (told, wanted) => told.every((one) => wanted.includes(one));
const TESTS = {
  is: (told, wanted) => isEvery(told, wanted) && isEvery(wanted, told),
  in: isEvery,
  "any-of": (told, wanted) => told.some((one) => wanted.includes(one)),
  answered: () => true,
  "at-least": (told, wanted) => order(told, wanted) >= 0,
  "at-most": (told, wanted) => order(told, wanted) <= 0,
};

const holds = (form, condition) => {
  if (typeof condition === "boolean") return condition;
  const [code, test, wanted, kind] = condition, told = answer(form, code, kind);
  return told.length > 0 && TESTS[test](told, wanted);
};

const isShown = (form, asked) =>
  JSON.parse(asked.dataset.shownWhen).every(([match, conditions]) =>
    match === "any" ? conditions.some((one) => holds(form, one)) : conditions.every((one) => holds(form, one)));

const settle = (form, places) => {
  let more = 0, less = 0;
  for (const asked of places) {
    const isHidden = !isShown(form, asked);
    if (asked.hidden === isHidden) continue;
    // Nobody's cursor is taken away: it is hidden once they have left it.
    if (isHidden && asked.contains(document.activeElement)) continue;
    asked.hidden = isHidden;
    asked.querySelector("[name=showed]").disabled = isHidden;
    if (isHidden) less += 1;
    else more += 1;
  }
  if (more) said.textContent = said.dataset.more;
  else if (less) said.textContent = said.dataset.less;
};

for (const form of document.querySelectorAll("form")) {
  const places = [...form.querySelectorAll("[data-shown-when]")];
  if (!places.length) continue;
  for (const event of ["input", "change", "reckoned", "focusout"]) form.addEventListener(event, () => setTimeout(() => settle(form, places)));
  settle(form, places);
}
