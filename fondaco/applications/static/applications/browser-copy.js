// The copies that this browser keeps of one application, sealed, while the platform has not got them.
// Without a key, on a shared computer or in a browser that keeps nothing, they are in memory only.
import * as shelf from "../web/js/copies.js";
import { cipherOf } from "./cipher.js";

const SHARED = "shared-computer";
const sharedNow = () => document.cookie.split("; ").includes(`${SHARED}=yes`);

export class BrowserCopy {
  #cipher = null;
  #person = "";
  #page = crypto.randomUUID?.() ?? "page";
  #turn = Promise.resolve();

  constructor(application) {
    this.application = application;
    new BroadcastChannel(shelf.CHANNEL).onmessage = ({ data }) => {
      if (data === this.#person) this.#cipher = null;
    };
  }

  get isShared() {
    return sharedNow();
  }

  get isOpened() {
    return this.#cipher !== null || !globalThis.crypto?.subtle;
  }

  get keeps() {
    return this.#cipher !== null && !sharedNow();
  }

  async unlock({ person, key }) {
    if (this.#cipher || !globalThis.crypto?.subtle || !globalThis.indexedDB) return;
    try {
      await shelf.sweep();
      this.#cipher = await cipherOf(key);
      this.#person = person;
    } catch {
      this.#cipher = null;
    }
  }

  async share(isShared) {
    document.cookie = `${SHARED}=${isShared ? "yes" : ""}; path=/; SameSite=Lax${isShared ? "" : "; max-age=0"}`;
    if (isShared && this.#person) await this.#inTurn(async () => {
      for (const { name } of await this.#own()) await shelf.remove(name);
    });
  }

  #name(section) {
    return `${this.#person}/${this.application}/${section}/${this.#page}`;
  }

  async #own() {
    return (await shelf.all()).filter(({ person }) => person === this.#person);
  }

  // One after the other, so that an older copy never takes the place of a newer one.
  #inTurn(act) {
    this.#turn = this.#turn.then(act).catch(() => null);
    return this.#turn;
  }

  async #write(name, section, said, saved) {
    if (!this.keeps) return false;
    const person = this.#person, sealed = await this.#cipher.seal(name, said);
    if (!this.keeps) return false;
    await shelf.put({ name, person, section, application: this.application, at: Date.now(), saved, ...sealed });
    return true;
  }

  // Whether it is on the disk now. `saved` is when the platform had it, in the platform's own time.
  put(section, said, saved = 0) {
    return this.#inTurn(() => this.#write(this.#name(section), section, said, saved));
  }

  // One of the copies that other pages left is saved now.
  settle({ name, section }, said, saved) {
    return this.#inTurn(() => this.#write(name, section, said, saved));
  }

  // What other pages of this person left of the application, the oldest first.
  async left() {
    const read = async () => {
      if (!this.keeps) return [];
      const own = (await this.#own()).filter(({ application, name }) => application === this.application && !name.endsWith(this.#page));
      const opened = await Promise.all(own.map(async (copy) => ({ ...copy, said: await this.#cipher.open(copy.name, copy) })));
      return opened.filter(({ said }) => said).sort((one, other) => one.at - other.at);
    };
    return (await this.#inTurn(read)) ?? [];
  }

  drop(copies) {
    return this.#inTurn(() => Promise.all(copies.map(({ name }) => shelf.remove(name))));
  }
}
