// What a browser's copy has that the page has not: put back, or shown beside where both changed.
import { isSame } from "./fields.js";

export const broughtBack = ({ said, saved }, fields, savedAt) => {
  const found = { back: [], clashes: [] };
  // The platform once had it all: only where it has lost it again is there anything to choose.
  if (saved && saved <= (Date.parse(savedAt) || 0)) return found;
  for (const question of fields.codes) {
    const mine = said.typed[question], theirs = fields.read(question), base = said.base[question];
    if (mine === undefined || isSame(mine, theirs) || (!saved && isSame(mine, base))) continue;
    if (!saved && isSame(theirs, base)) found.back.push({ question, mine });
    else found.clashes.push({ question, mine, theirs, base, mark: fields.mark(question), was: said.marks[question] });
  }
  return found;
};
