// Sends what only this browser has of the other sections of an application.
const bodyOf = ({ typed, marks }) => {
  const body = new URLSearchParams();
  for (const [code, texts] of Object.entries(typed)) {
    body.append("only", code);
    body.append(`was-${code}`, marks[code]);
    for (const text of texts) body.append(`q-${code}`, text);
  }
  return body;
};

// `address` is where one section is kept; its last word is the section. Gives back what was sent.
export const sendUnsent = async (copy, server, address, but = "") => {
  const sent = [];
  const unsent = (await copy.left()).filter(({ section, saved, said }) => section !== but && !saved && Object.keys(said.typed).length);
  for (const one of unsent) {
    const { status, said } = await server.save(address.replace(/[^/]+\/$/, `${one.section}/`), bodyOf(one.said));
    if (status !== 200 || said?.where !== "database") continue;
    sent.push({ section: one.section, hasClash: said.clashes.length > 0 });
    if (!said.clashes.length) await copy.settle(one, { ...one.said, base: one.said.typed }, Date.parse(said.at));
  }
  return sent;
};
