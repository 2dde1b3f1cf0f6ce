"""What the page of a call weighs in a browser that has seen nothing of the site."""

from benchmarks.place import Place
from benchmarks.rows import Row, at_most
from tools.chromium import launched

KILOBYTE = 1024
GOALS = {"en": 160.0, "fr": 160.0, "ar": 210.0}


def weights(place: Place, call: str) -> list[Row]:
    """Kilobytes that came over the line, heads and all, in each language."""
    rows = list[Row]()
    with launched() as browser:
        for language, goal in GOALS.items():
            context = browser.new_context(locale=language)
            page = context.new_page()
            seen = context.new_cdp_session(page)
            seen.send("Network.enable")
            sizes: list[float] = []
            seen.on(
                "Network.loadingFinished", lambda told, s=sizes: s.append(told["encodedDataLength"])
            )
            address = f"http://localhost:{place.port}/{language}/calls/{call}/"
            page.goto(address, wait_until="networkidle")
            context.close()
            what = f"public page of a call, all it needs, {language}"
            found = sum(sizes) / KILOBYTE
            note = f"{len(sizes)} requests"
            rows.append(at_most(what, place.name, found, "KB", goal, note=note))
    return rows
