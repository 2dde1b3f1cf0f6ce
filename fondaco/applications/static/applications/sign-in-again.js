// Signs the same person in again without leaving the page; notices when they did so in another tab.
const PATIENCE = 4000;

export class SignInAgain {
  #back = () => {};
  #timer = 0;

  constructor(dialog, server) {
    this.dialog = dialog;
    this.server = server;
    this.said = dialog.querySelector("[role=alert]");
    dialog.querySelector("form").addEventListener("submit", (event) => this.#signIn(event));
    window.addEventListener("focus", () => this.#timer && this.#look());
  }

  onBack(act) {
    this.#back = act;
  }

  ask() {
    if (this.#timer) return;
    this.#timer = setInterval(() => this.#look(), PATIENCE);
    this.show();
  }

  show() {
    if (this.dialog.open) return;
    this.#say("");
    this.dialog.showModal();
    this.dialog.querySelector("[name=password]").focus();
  }

  async #look() {
    const answer = await this.server.key();
    if (answer.status === 200) this.#end(answer);
    else if (answer.said?.why === "other-person") this.#say(answer.said.reasons.join(" "));
  }

  #end(answer) {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.dialog.querySelector("form").reset();
    this.dialog.close();
    this.#back(answer);
  }

  #say(words) {
    this.said.textContent = words;
    this.said.hidden = !words;
  }

  async #signIn(event) {
    event.preventDefault();
    const { email, password } = event.target.elements;
    // The token of a browser whose cookies are gone is outworn: ask for one first.
    const now = await this.server.key();
    if (now.status === 200) return this.#end(now);
    const { status, said } = await this.server.signIn(email.value, password.value);
    password.value = "";
    if (status === 200 && said?.signed_in) return this.#look();
    const isMore = status === 200 && said;
    this.#say(isMore || !said ? this.dialog.dataset[isMore ? "more" : "failed"] : said.reasons.join(" "));
    password.focus();
  }
}
