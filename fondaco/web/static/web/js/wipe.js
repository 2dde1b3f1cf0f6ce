// After signing out the person's copies leave this browser; old ones leave it on any page.
// The server names who has left in a cookie, so that it happens on whatever page comes next.
const left = document.cookie.match(/(?:^|; )left=([0-9a-f]+)/)?.[1];

const tidy = async () => {
  const copies = await import("./copies.js");
  if (left) {
    await copies.wipe(left);
    document.cookie = "left=; path=/; max-age=0; SameSite=Lax";
  }
  if (copies.mayBeThere()) await copies.sweep();
};

try {
  if (left || localStorage.getItem("copies-there") === "yes") await tidy();
} catch {
  // A browser that keeps nothing has nothing to tidy.
}
