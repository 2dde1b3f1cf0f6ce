// Seals and opens copies with the key of whoever is signed in; it lives in memory and nowhere else.
const text = { to: new TextEncoder(), from: new TextDecoder() };
const bytes = (letters) => Uint8Array.from(atob(letters), (sign) => sign.charCodeAt(0));

export const cipherOf = async (letters) => {
  const key = await crypto.subtle.importKey("raw", bytes(letters), "AES-GCM", false, ["encrypt", "decrypt"]);
  const about = (name, iv) => ({ name: "AES-GCM", iv, additionalData: text.to.encode(name) });
  return {
    async seal(name, said) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt(about(name, iv), key, text.to.encode(JSON.stringify(said)));
      return { iv, sealed };
    },
    async open(name, { iv, sealed }) {
      try {
        return JSON.parse(text.from.decode(await crypto.subtle.decrypt(about(name, iv), key, sealed)));
      } catch {
        return null;
      }
    },
  };
};
