// On a page that shows an application: what only this browser has of its answers is sent first.
import { BrowserCopy } from "./browser-copy.js";
import { Server } from "./server.js";
import { sendUnsent } from "./unsent.js";

const AT_MOST = 3000;
const place = document.getElementById("unsent");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
const server = new Server({ ...place.dataset, token });
const copy = new BrowserCopy(place.dataset.application);
const sending = document.querySelector("form[data-sends]");
// Whoever has followed a link by then is not brought back.
let isLeaving = false;
window.addEventListener("beforeunload", () => (isLeaving = true));

// Whoever sends the application before the answers are there waits for them, but not for long.
let waits = false;
const hold = (event) => {
  event.preventDefault();
  waits = true;
};
const letGo = () => {
  sending?.removeEventListener("submit", hold);
  if (waits) sending.requestSubmit();
  waits = false;
};

const { mayBeThere } = await import("../web/js/copies.js");
if (mayBeThere()) {
  sending?.addEventListener("submit", hold);
  const tired = setTimeout(letGo, AT_MOST);
  const { status, said } = await server.key();
  let sent = [];
  if (status === 200) {
    await copy.unlock(said);
    sent = await sendUnsent(copy, server, place.dataset.keepUrl);
  }
  clearTimeout(tired);
  if (sent.some(({ hasClash }) => hasClash)) {
    place.hidden = false;
    place.scrollIntoView();
    waits = false;
  } else if (sent.length && !isLeaving && !waits) location.reload();
  letGo();
}
