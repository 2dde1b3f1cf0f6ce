// Saves a section while it is written, and keeps a copy in the browser until the platform has it.
// Files go with the buttons only. Without this script the buttons do everything.
import { BrowserCopy } from "./browser-copy.js";
import { Choice } from "./choice.js";
import { Fields, isSame } from "./fields.js";
import { Line } from "./line.js";
import { broughtBack } from "./brought-back.js";
import { sendUnsent } from "./unsent.js";
import { Server } from "./server.js";
import { SignInAgain } from "./sign-in-again.js";
import { wrongDay } from "./wrong-day.js";

const PAUSE = 1200, AT_ONCE = 50, COPY = 250, FIRST_RETRY = 2000, LAST_RETRY = 30_000;
const texts = (typed) => [typed ?? []].flat().filter((text) => text !== "");
const spread = (pause) => pause * (0.9 + 0.2 * Math.random());

class Page {
  state = "still"; // still, open, offline, signed-out, stopped
  #timer = 0;
  #copyTimer = 0;
  #retry = FIRST_RETRY;
  #next = 0;
  #lastSaved = 0;
  #sending = null;
  #isLeaving = false;
  #typings = 0;

  constructor(form) {
    const told = form.dataset;
    this.form = form;
    this.section = told.section;
    this.address = told.keepUrl;
    this.private = new Set(told.private.split(" "));
    this.fields = new Fields(form);
    this.base = this.fields.readAll();
    this.line = new Line(document);
    this.copy = new BrowserCopy(told.application);
    const token = form.elements.csrfmiddlewaretoken.value;
    this.server = new Server({ ...told, token });
    this.choice = new Choice(document.getElementById("choice"), this.fields);
    this.door = new SignInAgain(document.getElementById("sign-in-again"), this.server);
    this.#listen();
  }

  #listen() {
    const { form } = this;
    const typed = (pause) => ({ target }) => {
      if (target.name?.startsWith("q-") && target.type !== "file" && !this.fields.isWriting) this.#typed(pause);
    };
    form.addEventListener("input", typed(PAUSE));
    form.addEventListener("change", typed(AT_ONCE));
    form.addEventListener("submit", (event) => this.#submitted(event));
    form.addEventListener("click", ({ target }) => {
      if (target.closest("[data-compares]")) this.choice.show();
      if (target.closest("[data-signs-in]")) this.door.show();
    });
    this.choice.onChosen(() => this.#typed(0));
    this.door.onBack((answer) => this.#back(answer));
    window.addEventListener("online", () => this.#isOpen && this.save());
    document.addEventListener("visibilitychange", () => this.#hidden());
    window.addEventListener("beforeunload", (event) => {
      if (this.#isOpen && !this.isSafe && !form.dataset.leaves) event.preventDefault();
    });
    window.addEventListener("pageshow", () => delete form.dataset.leaves);
    this.#listenToSharing();
  }

  #listenToSharing() {
    const shared = document.getElementById("shared-computer");
    shared.closest("[hidden]").hidden = false;
    shared.checked = this.copy.isShared;
    shared.addEventListener("change", async () => {
      await this.copy.share(shared.checked);
      if (this.#isOpen) await this.keepCopy();
    });
  }

  async start() {
    const answer = await this.server.key();
    this.#heed(answer);
    if (answer.status === 200) await this.#unlocked(answer.said);
  }

  async #unlocked(said) {
    await this.copy.unlock(said);
    await this.#bringBack();
    await sendUnsent(this.copy, this.server, this.address, this.section);
  }

  async #bringBack() {
    const { savedAt } = this.form.dataset;
    const left = (await this.copy.left()).filter(({ section }) => section === this.section);
    let isChanged = false;
    for (const kept of left) {
      this.fields.makeRoom(Object.keys(kept.said.typed));
      const found = broughtBack(kept, this.fields, savedAt);
      for (const { question, mine } of found.back) this.fields.write(question, mine);
      this.choice.offer(found.clashes);
      isChanged ||= found.back.length + found.clashes.length > 0;
      document.getElementById("brought-back").hidden &&= !found.back.length;
    }
    if (isChanged) this.#typed(AT_ONCE);
    if (!left.length) return;
    const isKept = await this.copy.put(this.section, this.#said(), isChanged ? 0 : Date.parse(savedAt) || Date.now());
    if (isKept) await this.copy.drop(left);
    if (this.choice.pending.size) this.choice.show();
  }

  get #isOpen() {
    return this.state !== "still";
  }

  #typed(pause) {
    if (this.state === "still") this.state = "open";
    this.#typings += 1;
    this.isSafe = false;
    this.line.unsaved(["not-yet"]);
    clearTimeout(this.#copyTimer);
    this.#copyTimer = setTimeout(() => this.keepCopy(), COPY);
    if (["offline", "signed-out", "other-person"].includes(this.state)) return;
    const stretched = this.#lastSaved + this.#next * 1000 - Date.now();
    this.#after(Math.max(pause, this.#next ? spread(stretched) : 0));
  }

  #after(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), pause);
  }

  // What the copy says: no private answer, and my answer where two wait for a choice.
  #said() {
    const codes = this.fields.codes.filter((code) => !this.private.has(code.split(".")[0]));
    const held = (code) => this.choice.held(code);
    const of = (read) => Object.fromEntries(codes.map((code) => [code, read(code)]));
    return {
      typed: of((code) => held(code)?.mine ?? this.fields.read(code)),
      base: of((code) => held(code)?.base ?? this.base[code] ?? []),
      marks: of((code) => held(code)?.was ?? this.fields.mark(code)),
    };
  }

  // What was typed while the copy was being kept is not in it: the next copy says so.
  async keepCopy() {
    if (!this.#isOpen) return;
    const typings = this.#typings;
    const isKept = await this.copy.put(this.section, this.#said());
    if (typings !== this.#typings) return;
    const isOnlyHere = this.fields.codes.some((code) => this.private.has(code.split(".")[0]) && !isSame(this.fields.read(code), this.base[code]));
    this.isSafe = isKept && !isOnlyHere;
    if (this.#isOpen) this.line.unsaved([isKept ? "in-browser" : "on-page", ...(isKept && isOnlyHere ? ["private"] : [])]);
  }

  save(how) {
    if (this.#sending) return this.#sending.then((isWhole) => isWhole || this.save(how));
    clearTimeout(this.#timer);
    this.#sending = this.#send(how).finally(() => (this.#sending = null));
    return this.#sending;
  }

  async #send(how) {
    const sent = this.fields.readAll();
    this.state = this.state === "still" ? "open" : this.state;
    const answer = await this.server.save(this.address, this.fields.body(), how);
    this.#takeToken();
    if (answer.status === 200 && answer.said) await this.#saved(sent, answer.said);
    else this.#heed(answer);
    return this.state === "still";
  }

  #takeToken() {
    for (const one of document.getElementsByName("csrfmiddlewaretoken")) one.value = this.server.token;
    if (this.form.elements.pass) this.form.elements.pass.value = this.server.pass;
  }

  async #saved(sent, said) {
    this.#lastSaved = Date.now();
    [this.#next, this.#retry] = [said.next, FIRST_RETRY];
    const isThere = said.where === "database";
    if (isThere) this.#merged(sent, said);
    else for (const [code, mark] of Object.entries(said.marks ?? {})) this.fields.addMark(code, mark);
    const isChosen = this.choice.pending.size === 0;
    const isWhole = isChosen && Object.entries(this.fields.readAll()).every(([code, now]) => isSame(now, sent[code]));
    this.state = isWhole ? "still" : "open";
    if (isThere) this.line.say(isChosen ? "saved" : "clash", said.saved);
    else this.line.say("received", said.saved);
    clearTimeout(this.#copyTimer);
    this.line.unsaved(isWhole ? [] : ["not-yet"]);
    if (isWhole) await this.copy.put(this.section, this.#said(), isThere ? Date.parse(said.at) : 0);
    else await this.keepCopy();
    if (!this.copy.isOpened) await this.#unlockLate();
  }

  // The key could not be had when the page was opened.
  async #unlockLate() {
    const { status, said } = await this.server.key();
    if (status === 200) await this.copy.unlock(said);
  }

  // Heed what the platform says of the answers sent; what was typed since then is newer than that.
  #merged(sent, { marks, theirs, clashes }) {
    const isUntouched = (code) => isSame(this.fields.read(code), sent[code]);
    this.choice.settled(Object.keys(marks));
    for (const [code, mark] of Object.entries(marks)) {
      const isTheirs = code in theirs;
      if (isTheirs && !isUntouched(code)) continue;
      if (isTheirs) this.fields.write(code, texts(theirs[code]));
      this.fields.setMark(code, mark);
      this.base[code] = isTheirs ? texts(theirs[code]) : sent[code];
    }
    this.choice.offer(clashes.map(({ question, theirs: other, mark }) => ({ question, theirs: texts(other), mark })));
  }

  // What an answer means that saved nothing.
  #heed({ status, said }) {
    if (status === 200) return;
    if (status === 401) {
      this.state = "signed-out";
      this.line.say("signed-out");
      this.door.ask();
    } else if (said?.why === "other-person") {
      this.state = "other-person";
      this.line.say("refused", said.reasons.join(" "));
    } else if (said?.reasons?.length) {
      this.state = "stopped";
      this.line.say("refused", said.reasons.join(" "));
    } else {
      if (this.state === "still" && !status) return;
      this.state = "offline";
      this.line.say(this.copy.keeps ? "offline" : "offline-on-page");
      this.#after(spread(this.#retry));
      this.#retry = Math.min(2 * this.#retry, LAST_RETRY);
    }
    void this.keepCopy();
  }

  async #back({ said }) {
    this.#takeToken();
    await this.copy.unlock(said);
    this.state = "open";
    await this.save();
  }

  #hidden() {
    if (document.visibilityState !== "hidden" || !this.#isOpen || this.form.dataset.leaves) return;
    void this.keepCopy();
    if (this.state === "open") void this.save({ isLeaving: true });
  }

  // First it is saved as always: where the platform cannot be reached, this page is not left.
  async #submitted(event) {
    const { form } = this, day = wrongDay(form);
    const isNothingOpen = !this.#isOpen && navigator.onLine;
    if (isNothingOpen && !day) form.dataset.leaves = "yes";
    if (form.dataset.leaves && !day) return;
    event.preventDefault();
    if (day) return day.focus();
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    await this.save();
    this.#isLeaving = false;
    if (this.state === "signed-out") return this.door.show();
    if (this.state === "offline" || this.state === "other-person") return;
    form.dataset.leaves = "yes";
    form.requestSubmit(event.submitter);
  }
}

for (const form of document.querySelectorAll("form[data-saves-itself]")) void new Page(form).start();
