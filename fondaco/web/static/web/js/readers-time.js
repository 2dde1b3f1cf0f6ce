// Adds the reader's own clock to a moment, where it shows something else than the page does.
const zoneOfReader = Intl.DateTimeFormat().resolvedOptions().timeZone;

const words = (moment, timeZone, options) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { timeZone, numberingSystem: "latn", ...options }).format(moment);

const minute = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const spoken = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };

const add = (element) => {
  const moment = new Date(element.dateTime);
  const zone = element.dataset.zone || element.dataset.readerTime;
  if (Number.isNaN(moment.valueOf()) || !zone || element.dataset.added !== undefined) return;
  element.dataset.added = "";
  if (words(moment, zone, minute) === words(moment, zoneOfReader, minute)) return;
  const own = document.createElement("small");
  own.className = "reader-time";
  own.textContent = ` (${words(moment, zoneOfReader, spoken)})`;
  element.append(own);
};

const watch = (root) => root.querySelectorAll("time[data-reader-time]").forEach(add);

watch(document);
document.addEventListener("htmx:load", (event) => watch(event.target));
