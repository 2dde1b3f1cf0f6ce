// Lets the server's clock go on: from the moment the server named, never from the reader's own clock.
const A_SECOND = 1000, ALIVE = "/alive/";
const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", day: "numeric", month: "short", timeZoneName: "short", numberingSystem: "latn" };

class ServerClock {
  constructor(element) {
    const arrived = performance.getEntriesByType("navigation")[0]?.responseStart ?? performance.now();
    this.set(Date.parse(element.dataset.serverClock), arrived);
    this.face = element.querySelector("[data-clock-face]");
    this.words = new Intl.DateTimeFormat(document.documentElement.lang, { ...options, timeZone: element.dataset.zone || "UTC" });
    document.addEventListener("visibilitychange", () => document.hidden || this.ask());
    setInterval(() => this.show(), A_SECOND);
    this.show();
  }

  set(moment, at) {
    [this.moment, this.at] = [moment, at];
  }

  // A machine that slept has not counted: the server is asked again.
  async ask() {
    try {
      const answer = await fetch(ALIVE, { method: "HEAD", cache: "no-store" });
      const named = Date.parse(answer.headers.get("Date"));
      if (!Number.isNaN(named)) this.set(named, performance.now());
    } catch {
      // The line is cut: what was counted so far goes on.
    }
  }

  show() {
    const moment = this.moment + performance.now() - this.at;
    if (!Number.isNaN(moment)) this.face.textContent = this.words.format(moment);
  }
}

for (const element of document.querySelectorAll("[data-server-clock]")) new ServerClock(element);
