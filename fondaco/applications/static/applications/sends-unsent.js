// On a page that shows an application: what only this browser has of its answers is sent first.
import { BrowserCopy } from "./browser-copy.js";
import { Server } from "./server.js";
import { sendUnsent } from "./unsent.js";

const place = document.getElementById("unsent");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
const server = new Server({ ...place.dataset, token });
const copy = new BrowserCopy(place.dataset.application);

const { mayBeThere } = await import("../web/js/copies.js");
if (mayBeThere()) {
  const { status, said } = await server.key();
  if (status === 200) {
    await copy.unlock(said);
    const sent = await sendUnsent(copy, server, place.dataset.keepUrl);
    if (sent.some(({ hasClash }) => hasClash)) place.hidden = false;
    else if (sent.length) location.reload();
  }
}
