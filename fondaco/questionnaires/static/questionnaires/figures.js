// Figures as people type them, read as the platform reads them; what it cannot read it says on saving.
const DIGITS = /[٠-٩۰-۹]/g, GAPS = /[\s\u00a0\u202f\u2009'\u2019\u200e\u200f\u061c€]/g;
const DOUBTFUL = /^-?[1-9]\d{0,2}[.,]\d{3}$/;
const GROUPED = /^-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,6})?$/;
const western = (text) => text.replace(DIGITS, (sign) => sign.charCodeAt(0) & 15).replaceAll("٫", ".").replaceAll("٬", " ").replaceAll("−", "-").replaceAll("،", ",");

export const figureIn = (text, isMoney) => {
  let signs = western(text).replace(GAPS, "");
  if (DOUBTFUL.test(signs)) {
    if (!isMoney) return null;
    signs = signs.replace(/[.,]/g, "");
  }
  const grouped = GROUPED.exec(signs);
  const plain = (grouped ? signs.replaceAll(grouped[1], "") : signs).replace(",", ".");
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(plain) ? Number(plain) : null;
};

const cents = (figure) => Math.sign(figure) * Math.round((Math.abs(figure) + Number.EPSILON) * 100) / 100;

// `+ quantity * price - 10`: products with their signs; null as long as a figure is missing.
export const reckon = (formula, figures) => {
  let sum = 0, sign = 1, product = null;
  for (const word of formula.split(" ")) {
    if (word === "*") continue;
    if (word === "+" || word === "-") {
      sum += sign * (product ?? 0);
      [sign, product] = [word === "+" ? 1 : -1, null];
      continue;
    }
    const figure = figures.has(word) ? figures.get(word) : /^\d/.test(word) ? Number(word) : null;
    if (figure === null) return null;
    product = (product ?? 1) * figure;
  }
  return cents(sum + sign * (product ?? 0));
};

export const said = (figure, currency) => {
  if (figure === null) return "–";
  const money = { style: "currency", currency, minimumFractionDigits: Number.isInteger(figure) ? 0 : 2 };
  return new Intl.NumberFormat(document.documentElement.lang, currency ? money : {}).format(figure);
};
