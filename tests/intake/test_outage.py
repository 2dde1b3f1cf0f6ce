"""The database is really stopped under a served site, and the worker killed: nothing is lost."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from fondaco.applications.models import Application, SectionAnswers, Submission
from fondaco.applications.selectors.keeping import pass_for
from fondaco.backup.databases import pointed_at
from fondaco.intake.gateways import Spool
from fondaco.intake.models import BroughtIn
from fondaco.questionnaires.rules.answers import mark
from tests.factories.applications import open_call
from tests.intake.cluster import running
from tests.intake.serving import SECRET, cookies_of, served, within
from tests.intake.work import draft, save_of
from tools.paths import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
WRITERS, BEFORE, AWAY, AFTER = 6, 1.5, 2.5, 1.5
MANY = 150


class Writer(threading.Thread):
    """Somebody who types without pause, and sends the application at the end."""

    def __init__(self, site, application, person, at):
        super().__init__(daemon=True)
        self.site, self.code = site, application.code
        self.call = application.call.code
        self.headers = cookies_of(person) | {"Origin": f"http://127.0.0.1:{site.port}"}
        self.pass_text = pass_for(person, application, at=at)
        self.was, self.saved, self.where, self.spooled = mark(""), "", [], set()
        self.number, self.is_done, self.receipt = 0, threading.Event(), ""
        self.failures = []

    def run(self):
        """Type until told to stop, then send until somebody says that it was received."""
        while not self.is_done.is_set():
            self.save(f"text {self.number}")
            self.number += 1
            time.sleep(0.05)
        self.save_end()
        self.submit()

    def post(self, path, **fields):
        """One request, repeated as a browser would until it is acknowledged."""
        sent = {"pass": self.pass_text, "language": "en", **fields}
        until = time.monotonic() + 90
        while time.monotonic() < until:
            status, headers, body = self.site.send("POST", path, sent, self.headers)
            if status in {200, 202, 302}:
                return status, headers, body
            self.failures.append(status)
            time.sleep(0.2)
        raise AssertionError(f"{path}: {self.failures}")

    def save(self, text):
        """Save a text, as the page that saves itself does."""
        _, _, body = self.post(
            f"/keep/{self.code}/project/", **{"q-title": text, "was-title": self.was}
        )
        said = json.loads(body)
        assert said["clashes"] == [], said
        self.saved = text
        self.where.append(said["where"])
        if said["where"] == "database":
            self.was = said["marks"]["title"]
        else:
            self.was += f" {said['marks']['title']}"
            self.spooled.add(said["record"])

    def save_end(self):
        """The other section."""
        _, _, body = self.post(
            f"/keep/{self.code}/end/", **{"q-members": "12", "was-members": mark("")}
        )
        if (said := json.loads(body))["where"] == "spool":
            self.spooled.add(said["record"])

    def submit(self):
        """Send, twice with the same key, as somebody impatient does."""
        path = f"/en/calls/{self.call}/applications/{self.code}/submit/"
        for _ in range(2):
            status, headers, _body = self.post(path, key=f"key-of-{self.code}")
            self.receipt = headers.get("Location", "") if status == 302 else f"spool {status}"


class Kept:
    """The worker of jobs: it ends where it finds no database, and is started again."""

    def __init__(self, site):
        self.site, self.child = site, site.work()

    def goes_on(self):
        """Whether it works; one that has ended does from now on, as with `make run`."""
        if self.child.poll() is not None:
            self.child = self.site.work()
        return True


@pytest.fixture(scope="module")
def cluster(django_db_setup, django_db_blocker):
    """A server of this module's own."""
    with django_db_blocker.unblock(), running() as own:
        yield own


def drafts(number):
    """Drafts to one open call, each of an organisation of its own."""
    call = open_call(closes_at=timezone.now() + timedelta(days=1))
    return [draft(call=call) for _ in range(number)]


def test_the_database_stops_at_once_and_whatever_was_acknowledged_is_there(cluster, tmp_path):
    with (
        override_settings(SECRET_KEY=SECRET),
        pointed_at(cluster.configured),
        served(tmp_path / "var", cluster.address) as site,
    ):
        worker = Kept(site)
        at = timezone.now()
        writers = [Writer(site, *made, at) for made in drafts(WRITERS)]
        for writer in writers:
            writer.start()
        time.sleep(BEFORE)
        cluster.stop_at_once()
        time.sleep(AWAY / 2)
        for writer in writers[: WRITERS // 2]:
            writer.is_done.set()
        page = site.get("/en/calls/")
        time.sleep(AWAY / 2)
        cluster.start()
        time.sleep(AFTER)
        for writer in writers:
            writer.is_done.set()
        for writer in writers:
            writer.join(120)
        spool = Spool(site.var / "spool")
        assert within(90, lambda: worker.goes_on() and not spool.applications()), site.log()

    with pointed_at(cluster.configured):
        check(writers)
    assert (page[0], page[1]["Retry-After"]) == (503, "5")


def check(writers):
    """Every acknowledged text and submission is there once, byte for byte."""
    wheres = {where for writer in writers for where in writer.where}
    assert wheres == {"database", "spool"}
    for writer in writers:
        application = Application.objects.get(code=writer.code)
        kept = SectionAnswers.objects.get(application=application, section="project")
        assert (writer.code, kept.answers["title"]) == (writer.code, writer.saved)
        sent = Submission.objects.get(application=application)
        assert sent.key == f"key-of-{writer.code}"
        assert sent.content["typed"] == {"title": writer.saved, "members": "12"}
        assert writer.receipt
    brought = BroughtIn.objects.exclude(kind="submit").values_list("identity", flat=True)
    spooled = {record for writer in writers for record in writer.spooled}
    assert spooled <= set(brought)
    not_taken = BroughtIn.objects.exclude(outcome="taken").values_list("code", "kept", "steps")
    assert list(not_taken) == []


BRING_IN = """
import django
django.setup()
from fondaco.intake import tasks
tasks.bring_in_everything()
"""


def test_a_worker_killed_in_the_middle_brings_each_record_in_once(cluster, tmp_path):
    var = tmp_path / "var"
    spool = Spool(var / "spool")
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.intake.site",
        "FONDACO_DATABASE_URL": cluster.address,
        "FONDACO_VAR": str(var),
    }
    with pointed_at(cluster.configured), override_settings(SPOOL=spool.folder):
        BroughtIn.objects.all().delete()
        [(application, person)] = drafts(1)
        kept = [save_of(application, person, title=f"text {number}") for number in range(MANY)]
        for record in kept:
            spool.keep(record)
        begun = BroughtIn.objects.filter(application=application)
        worker = subprocess.Popen([sys.executable, "-c", BRING_IN], env=env, cwd=ROOT)
        assert within(90, lambda: begun.count() > 5)
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
        in_the_middle = begun.count()

        done = subprocess.run([sys.executable, "-c", BRING_IN], env=env, cwd=ROOT, check=False)

        rows = list(begun.order_by("pk").values_list("identity", "outcome"))
        title = SectionAnswers.objects.get(application=application).answers["title"]
    assert done.returncode == 0
    assert 5 < in_the_middle < MANY
    assert rows == [(record.identity, "taken") for record in kept]
    assert (title, spool.applications()) == (f"text {MANY - 1}", [])
