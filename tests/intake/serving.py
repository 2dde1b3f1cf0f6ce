"""A served site and people who send to it, as browsers do."""

import http.client
import os
import signal
import socket
import sys
import time
from contextlib import contextmanager
from urllib.parse import urlencode

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from tools import processes
from tools.paths import ROOT
from tools.serve import GUNICORN

TOKEN = "t" * 32
SECRET = "a-secret-of-the-tests-of-intake-and-of-nobody-else"


def free_port():
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def within(seconds, holds):
    """Whether something comes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


class Site:
    """The web server, and the worker of jobs when it is asked for."""

    def __init__(self, var, database, port, **more):
        self.var, self.port = var, port
        self.env = {
            **{name: kept for name, kept in os.environ.items() if not name.startswith("FONDACO_")},
            "DJANGO_SETTINGS_MODULE": "tests.intake.site",
            "FONDACO_DATABASE_URL": database,
            "FONDACO_VAR": str(var),
            "FONDACO_ADDRESS": f"http://127.0.0.1:{port}",
            "FONDACO_SECRET_KEY": SECRET,
            **more,
        }
        self.children = []

    def start(self, *command):
        """One more process of the site."""
        with (self.var / "log").open("ab") as log:
            child = processes.start(command, env=self.env, cwd=ROOT, log=log.fileno())
        self.children.append(child)
        return child

    def serve(self):
        """The web server, as `make run` starts it."""
        folder = os.path.dirname(sys.executable)
        bind = ("--bind", f"127.0.0.1:{self.port}", "--log-level", "warning")
        self.start(f"{folder}/gunicorn", "fondaco.config.wsgi", *bind, *GUNICORN)
        assert within(120, lambda: self.get("/alive/")[0] == 200), self.log()

    def work(self):
        """The worker of jobs."""
        return self.start(sys.executable, "manage.py", "worker")

    def log(self):
        """What the processes have said."""
        return (self.var / "log").read_text("utf-8", "replace")

    def get(self, path, **headers):
        """One request; status 0 where nobody answers."""
        return self.send("GET", path, headers=headers)

    def send(self, method, path, fields=None, headers=None):
        """Status, headers and body of one request on a connection of its own."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        body = urlencode(fields) if fields is not None else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        try:
            asked.request(method, path, body, {**kind, **(headers or {})})
            answer = asked.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        except (OSError, http.client.HTTPException):
            return 0, {}, b""
        finally:
            asked.close()

    def end(self):
        """Stop what was started."""
        for child in self.children:
            if child.poll() is None:
                processes.end(child, by=signal.SIGTERM, patience=15)


@contextmanager
def served(var, database, **more):
    """A site for as long as the block lasts."""
    var.mkdir(exist_ok=True)
    site = Site(var, database, free_port(), **more)
    try:
        site.serve()
        yield site
    finally:
        site.end()


def cookies_of(person):
    """What a browser has after its person signed in; the session is signed with the site's key."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return {
        "Cookie": f"sessionid={session.session_key}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
    }
