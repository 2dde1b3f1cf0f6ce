// The shelf of this browser: sealed copies of what was typed, by person, until they are not needed.
// Whose they are is an opaque name; what they say only that person's key opens.
const NAME = "fondaco-copies", SHELF = "copies", THERE = "copies-there";
const DAY = 24 * 3600 * 1000, AFTER_SAVING = 7 * DAY, AT_MOST = 30 * DAY;
export const CHANNEL = "fondaco-copies-wiped";

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opened = null;

const shelf = async (mode) => {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(SHELF, { keyPath: "name" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return (await opened).transaction(SHELF, mode).objectStore(SHELF);
};

export const put = async (copy) => {
  localStorage.setItem(THERE, "yes");
  await done((await shelf("readwrite")).put(copy));
};

export const get = async (name) => done((await shelf("readonly")).get(name));

export const remove = async (name) => done((await shelf("readwrite")).delete(name));

export const all = async () => done((await shelf("readonly")).getAll());

// Another person's copies stay until they come back, or until they are too old.
export const sweep = async (now = Date.now()) => {
  const kept = await all();
  const old = kept.filter(({ saved, at }) => (saved ? now - saved > AFTER_SAVING : now - at > AT_MOST));
  await Promise.all(old.map(({ name }) => remove(name)));
  if (old.length === kept.length) localStorage.removeItem(THERE);
};

export const wipe = async (person) => {
  const own = (await all()).filter((copy) => copy.person === person);
  await Promise.all(own.map(({ name }) => remove(name)));
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(person);
  channel.close();
};

export const mayBeThere = () => localStorage.getItem(THERE) === "yes";
