"""What a public page costs, against the floor: a file that the same web server hands out.

Processor time is the figure to compare; requests per second depend on what else runs.
"""

import http.client
import os
import re
import statistics
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tools.paths import ROOT, stop
from tools.site import Site, site_of_its_own

READERS = 8
SECONDS = 4.0
PAGES = 10
OK = 200
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a path cost: requests answered, processor time of each, and how long readers waited."""

    path: str
    requests: int
    processor_ms: float
    median_ms: float
    slow_ms: float


def get(connection: http.client.HTTPConnection, path: str) -> bytes:
    """The body of a page; anything but a page ends the measurement."""
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != OK:
        raise stop(f"{path} answered {answer.status}", code=1)
    return body


def processor_seconds(session: int) -> float:
    """Processor time so far of the web server and its workers."""
    ticks = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == session:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def measure(site: Site, path: str) -> Cost:
    """Readers who ask for one path again and again."""
    waits: list[float] = []
    faults: list[BaseException] = []

    def read() -> None:
        connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=30)
        try:
            while time.monotonic() < until:
                asked = time.perf_counter()
                get(connection, path)
                waits.append(time.perf_counter() - asked)
        except (OSError, http.client.HTTPException, SystemExit) as fault:
            faults.append(fault)

    before, until = processor_seconds(site.server.pid), time.monotonic() + SECONDS
    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    if faults or not waits:
        raise stop(f"{path}: a reader was not answered: {faults}", code=1)
    spent = (processor_seconds(site.server.pid) - before) / len(waits)
    slow = statistics.quantiles(waits, n=20)[-1]
    return Cost(path, len(waits), spent * 1e3, statistics.median(waits) * 1e3, slow * 1e3)


def paths_of(site: Site) -> list[str]:
    """The floor first, a style sheet; then the smallest answer, the start page, where it leads."""
    connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=30)
    start = get(connection, "/en/").decode()
    sheets = re.findall(r'href="(/[^"]+\.css)"', start)
    links = re.findall(r'<a\b[^>]*\bhref="(/en/[^"#?]*)"', start)
    connection.close()
    return [sheets[0], *list(dict.fromkeys(["/alive/", "/en/", *links]))[:PAGES]]


def main() -> None:
    """Measure, and print a row for each page."""
    with site_of_its_own() as site:
        paths = paths_of(site)
        for path in paths:
            warm_up(site, path)
        costs = [measure(site, path) for path in paths]
    floor = costs[0].processor_ms
    print(f"{READERS} readers, {SECONDS:.0f} s each, {os.cpu_count()} cores, {ROOT.name} on SQLite")
    print(
        f"{'path':44} {'ms of cpu':>9} {'x floor':>8} {'median ms':>10} {'95 % ms':>8} {'req/s':>7}"
    )
    for cost in costs:
        print(
            f"{cost.path[-44:]:44} {cost.processor_ms:9.2f} {cost.processor_ms / floor:8.1f}"
            f" {cost.median_ms:10.1f} {cost.slow_ms:8.1f} {cost.requests / SECONDS:7.0f}"
        )


def warm_up(site: Site, path: str) -> None:
    """A few requests that do not count, so that templates are compiled."""
    connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=30)
    for _ in range(READERS):
        get(connection, path)
    connection.close()


if __name__ == "__main__":
    main()
