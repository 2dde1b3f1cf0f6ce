// Sends the files of a form in parts (tus 1.0) as soon as they are chosen, several at once. A cut
// line, a closed page or another day: the file goes on at the exact byte. Without this script the
// form sends its files with its buttons.
const PART = 256 * 1024;
const LARGEST_HASHED = 256 * 1024 * 1024;
const WAITS = [0, 1000, 2000, 4000, 8000, ...Array(60).fill(15000)];
const ALSO_TRIED_AGAIN = [408, 409, 423];
const GONE = [404, 410];

const words = document.getElementById("upload-words")?.dataset ?? {};
const language = document.documentElement.lang;
const busy = new Set();
let leaving = null;

const said = (name, given = {}) => words[name].replace(/\{(\w+)\}/g, (_, key) => given[key] ?? "");

const size = (bytes) => {
  const [unit, parts] = bytes < 1024 * 1024 ? ["kilobyte", 1024] : ["megabyte", 1024 * 1024];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / parts);
};

const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);

const client = () =>
  new Promise((ready, failed) => {
    if (window.tus) return ready(window.tus);
    const script = document.createElement("script");
    script.src = words.client;
    script.addEventListener("load", () => ready(window.tus));
    script.addEventListener("error", failed);
    document.head.append(script);
  });

const hashOf = async (file) => {
  if (!window.crypto?.subtle || file.size > LARGEST_HASHED) return "";
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

class Place {
  constructor(field) {
    this.field = field;
    this.input = field.querySelector("input[type=file]");
    this.box = field.querySelector(".upload");
    this.line = field.querySelector(".upload-said");
    this.bar = field.querySelector("progress");
    this.form = field.closest("form");
    this.begun = field.dataset.unfinished ? JSON.parse(field.dataset.unfinished) : null;
    this.input.addEventListener("change", () => this.input.files[0] && this.take(this.input.files[0]));
    for (const name of ["pause", "resume", "cancel"]) this.act(name).addEventListener("click", () => this[name]());
    if (this.begun) this.offer();
  }

  act(name) {
    return this.field.querySelector(`[data-upload-act=${name}]`);
  }

  say(name, given) {
    this.line.textContent = said(name, given);
    this.line.classList.toggle("error", ["failed", "stopped", "signedOut"].includes(name));
  }

  // What was begun before: the browser may only read the file once it is chosen again.
  offer() {
    const { name, sent, size: whole } = this.begun;
    this.show(name, sent, whole);
    this.turn({ cancel: true });
    this.say("again", { name, sent: size(sent), whole: size(whole) });
  }

  show(name, sent, whole) {
    this.box.hidden = false;
    this.box.querySelector("[data-upload-name]").textContent = name;
    this.box.querySelector("[data-upload-figures]").textContent = said("figures", { sent: size(sent), whole: size(whole) });
    this.bar.max = whole;
    this.bar.value = sent;
  }

  // Shows the acts that are possible; whoever stood on one that is not is led to the next.
  turn(shown) {
    const stood = this.box.contains(document.activeElement) ? document.activeElement : null;
    for (const name of ["pause", "resume", "cancel"]) this.act(name).hidden = !shown[name];
    if (stood?.hidden) this.act(shown.resume ? "resume" : "pause").focus();
  }

  isBegunWith(file, sum) {
    const begun = this.begun;
    if (!begun || begun.size !== file.size) return false;
    return begun.sha256 && sum ? begun.sha256 === sum : begun.name === file.name;
  }

  async take(file) {
    if (this.upload) await this.upload.abort().catch(() => {});
    this.input.value = "";
    this.file = file;
    busy.add(this);
    this.show(file.name, 0, file.size);
    this.turn({ pause: true, cancel: true });
    this.say("sending", { name: file.name });
    try {
      const tus = await client();
      this.sum = await hashOf(file);
      const url = this.isBegunWith(file, this.sum) ? this.begun.url : null;
      if (url) this.say("goingOn", { name: file.name, sent: size(this.begun.sent) });
      this.upload = new tus.Upload(file, this.terms(url));
      this.start();
    } catch {
      this.fail([]);
    }
  }

  terms(url) {
    const { uploadAt, uploadTo } = this.field.dataset;
    return {
      endpoint: uploadAt,
      uploadUrl: url,
      chunkSize: PART,
      retryDelays: WAITS,
      storeFingerprintForResuming: false,
      metadata: { filename: this.file.name, to: uploadTo, ...(this.sum && { sha256: this.sum }) },
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", this.token()),
      onAfterResponse: (request, response) => this.listen(request, response),
      onShouldRetry: (fault) => this.isTriedAgain(fault),
      onProgress: (sent, whole) => this.progress(sent, whole),
      onSuccess: (end) => this.finish(end?.lastResponse),
      onError: (fault) => this.stop(fault),
    };
  }

  token() {
    return cookie("csrftoken") ?? this.form.elements.csrfmiddlewaretoken.value;
  }

  start() {
    this.quarter = 0;
    this.isSignedOut = false;
    busy.add(this);
    this.turn({ pause: true, cancel: true });
    this.upload.start();
  }

  // A server that cannot say now how far a file is has not forgotten it: nothing begins anew.
  listen(request, response) {
    const status = response.getStatus();
    this.isSignedOut = status === 401;
    if (request.getMethod() === "HEAD" && status >= 400 && !GONE.includes(status)) throw new Error(`HEAD ${status}`);
  }

  isTriedAgain(fault) {
    const status = fault.originalResponse?.getStatus() ?? 0;
    const isAgain = !this.isSignedOut && (status === 0 || status >= 500 || ALSO_TRIED_AGAIN.includes(status));
    if (isAgain) this.say("waiting");
    return isAgain;
  }

  progress(sent, whole) {
    const quarter = Math.floor((4 * sent) / whole);
    const percent = new Intl.NumberFormat(language, { style: "percent" }).format(quarter / 4);
    this.show(this.file.name, sent, whole);
    if (this.line.textContent === said("waiting")) this.say("sending", { name: this.file.name });
    if (quarter > this.quarter && quarter < 4) this.say("percent", { percent, name: this.file.name });
    this.quarter = Math.max(this.quarter, quarter);
  }

  async finish(response) {
    const told = response?.getHeader("Upload-Kept") ?? (await this.asked());
    if (!told) return;
    const kept = JSON.parse(told);
    const isSame = this.sum && this.sum === kept.sha256;
    this.begun = null;
    this.place(kept);
    this.end();
    this.say(isSame ? "keptSame" : "kept", { name: kept.name });
  }

  // Everything had arrived before, but nobody was told: an empty part brings the answer.
  async asked() {
    const headers = {
      "Tus-Resumable": "1.0.0",
      "Upload-Offset": String(this.file.size),
      "Content-Type": "application/offset+octet-stream",
      "X-CSRFToken": this.token(),
    };
    try {
      const answer = await fetch(this.upload.url, { method: "PATCH", headers, body: "" });
      if (answer.ok) return answer.headers.get("Upload-Kept");
      this.fail((await answer.json()).reasons);
    } catch {
      this.wait("stopped");
    }
    return null;
  }

  place(kept) {
    const filled = this.field.querySelector("template").content.cloneNode(true);
    const put = (name, text) => (filled.querySelector(`[data-kept-${name}]`).textContent = text);
    put("name", kept.name);
    put("size", size(kept.size));
    put("short", kept.sha256.slice(0, 8));
    put("sum", kept.sha256);
    filled.querySelector("a").href = kept.address;
    filled.querySelector("[data-kept-scan]").hidden = kept.scan !== "waiting";
    const link = filled.querySelector("a");
    const stood = this.box.contains(document.activeElement);
    this.field.querySelectorAll(":scope > .file-kept, :scope > .file-lost").forEach((old) => old.remove());
    this.field.prepend(filled);
    if (stood) link.focus();
  }

  end() {
    this.upload = null;
    this.box.hidden = true;
    busy.delete(this);
    goOn();
  }

  wait(why) {
    busy.delete(this);
    leaving = null;
    this.turn({ resume: true, cancel: true });
    this.say(why);
  }

  stop(fault) {
    const response = fault.originalResponse;
    const status = response?.getStatus() ?? 0;
    if (this.isSignedOut) return this.wait("signedOut");
    if (status === 0 || status >= 500 || ALSO_TRIED_AGAIN.includes(status)) return this.wait("stopped");
    let reasons = [];
    try {
      reasons = JSON.parse(response.getBody()).reasons;
    } catch {
      // The answer is not ours, a proxy's perhaps: our own words have to do.
    }
    return this.fail(reasons);
  }

  fail(reasons) {
    this.begun = null;
    leaving = null;
    this.end();
    this.say("failed");
    if (reasons?.length) this.line.textContent = reasons.join(" ");
    this.input.focus();
  }

  async pause() {
    await this.upload?.abort().catch(() => {});
    this.wait("paused");
  }

  resume() {
    this.say("sending", { name: this.file.name });
    this.start();
  }

  async cancel() {
    const url = this.upload?.url ?? this.begun?.url;
    await this.upload?.abort().catch(() => {});
    if (url) {
      const headers = { "Tus-Resumable": "1.0.0", "X-CSRFToken": this.token() };
      await fetch(url, { method: "DELETE", headers }).catch(() => {});
    }
    this.begun = null;
    this.end();
    this.say("cancelled");
    this.input.focus();
  }

  online() {
    if (!this.upload || !busy.has(this)) return;
    this.upload.abort().then(() => busy.has(this) && this.start());
  }
}

// A button pressed while files are under way waits for them.
const goOn = () => {
  if (!leaving || busy.size) return;
  const { form, button } = leaving;
  leaving = null;
  form.requestSubmit(button);
};

const places = [...document.querySelectorAll("[data-upload-to]")].map((field) => new Place(field));
if (places.length) {
  window.addEventListener("online", () => places.forEach((place) => place.online()));
  window.addEventListener("beforeunload", (event) => busy.size && event.preventDefault());
  document.addEventListener(
    "submit",
    (event) => {
      if (!busy.size || !event.target.querySelector("[data-upload-to]")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      leaving = { form: event.target, button: event.submitter };
      for (const place of busy) place.say("first");
    },
    { capture: true },
  );
}
