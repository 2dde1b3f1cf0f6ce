// Talks to the platform for a page that saves itself: sends it, asks who is signed in, signs in again.
const LONGEST = 30_000;

const asked = async (address, { headers, ...more } = {}) => {
  try {
    const answer = await fetch(address, {
      credentials: "same-origin",
      signal: AbortSignal.timeout(LONGEST),
      ...more,
      headers: { Accept: "application/json", ...headers },
    });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.status, said: isJson ? await answer.json() : null };
  } catch {
    return { status: 0, said: null };
  }
};

export class Server {
  constructor({ pass, token, language, keyUrl, againUrl }) {
    Object.assign(this, { pass, token, language, keyUrl, againUrl });
  }

  #take(said) {
    this.pass = said?.pass ?? this.pass;
    this.token = said?.csrf ?? this.token;
  }

  // Who is signed in: 200 with the key, 401 nobody, 403 somebody else, 0 cannot be asked.
  async key() {
    const answer = await asked(this.keyUrl, { headers: { "X-Pass": this.pass } });
    this.#take(answer.said);
    return answer;
  }

  async save(address, body, { isLeaving = false } = {}) {
    const once = () => {
      body.set("pass", this.pass);
      body.set("language", this.language);
      return asked(address, { method: "POST", body, keepalive: isLeaving, headers: { "X-CSRFToken": this.token } });
    };
    let answer = await once();
    const isOutworn = answer.status === 403 && (answer.said === null || answer.said.why === "pass");
    if (isOutworn && (await this.key()).status === 200) answer = await once();
    this.#take(answer.said);
    return answer;
  }

  async signIn(email, password) {
    const body = new URLSearchParams({ email, password });
    return asked(this.againUrl, { method: "POST", body, headers: { "X-CSRFToken": this.token } });
  }
}
