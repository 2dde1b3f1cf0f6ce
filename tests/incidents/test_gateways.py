"""Logs on the disk, and looking from outside."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from fondaco.incidents import tasks
from fondaco.incidents.gateways import Lines, look_from_outside, minutes_log
from fondaco.incidents.models import Minute
from fondaco.incidents.rules.minutes import Status, read
from fondaco.web import watches
from tests.factories.directory import AT

DAY = timedelta(days=1)


class Answers(BaseHTTPRequestHandler):
    """A web server that says that it is alive, to whoever calls it by its public name."""

    def do_GET(self):
        """Answer."""
        self.send_response(200 if self.headers["Host"] == "fondaco.example" else 400)
        self.end_headers()
        self.wfile.write(b'{"alive": true}')

    def log_message(self, *_said):
        """Keep quiet."""


@pytest.fixture
def site(settings, tmp_path):
    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.WATCHED_ADDRESS = f"http://127.0.0.1:{server.server_port}"
    settings.ADDRESS = "https://fondaco.example"
    settings.AVAILABILITY, settings.SPOOL = tmp_path / "log", tmp_path / "spool"
    yield server
    server.shutdown()
    server.server_close()


def test_lines_are_kept_by_day_and_read_in_order(tmp_path):
    log = Lines(tmp_path / "log")
    assert list(log.since(AT)) == []

    log.add("second", at=AT)
    log.add("first", at=AT - DAY)
    log.add("third", at=AT)

    assert [line.strip() for line in log.since(AT - DAY)] == ["first", "second", "third"]
    assert [line.strip() for line in log.since(AT)] == ["second", "third"]
    assert log.forget(before=AT) == 1
    assert [line.strip() for line in log.since(AT - DAY)] == ["second", "third"]


def test_a_torn_line_is_ended_before_the_next(tmp_path):
    log = Lines(tmp_path)
    (tmp_path / f"{AT:%Y-%m-%d}.jsonl").write_text('{"torn')

    log.add("whole", at=AT)

    assert [line.strip() for line in log.since(AT)] == ['{"torn', "whole"]


def test_of_several_workers_one_writes_the_line(tmp_path):
    log = Lines(tmp_path)

    written = [log.add_once("a minute", at=AT, mark="a minute") for _worker in range(3)]

    assert written == [True, False, False]


@pytest.mark.django_db
def test_everything_that_answers_is_seen(site):
    seen = look_from_outside(AT)

    assert (seen.status, seen.waiting, seen.why) == (Status.UP, 0, "")
    assert seen.free > 0


@pytest.mark.django_db
def test_a_site_that_is_gone_and_a_spool_that_takes_nothing_are_seen(site, settings, tmp_path):
    settings.WATCHED_ADDRESS = "http://127.0.0.1:1"
    (tmp_path / "spool").write_text("no folder")

    seen = look_from_outside(AT)

    assert (seen.status, seen.spool) == (Status.DOWN, False)
    assert "web: ConnectionRefusedError" in seen.why
    assert "spool" in seen.why


@pytest.mark.django_db
def test_an_answer_of_somebody_else_is_no_answer(site, settings, monkeypatch):
    monkeypatch.setattr(Answers, "do_GET", lambda self: self.send_error(404))

    assert look_from_outside(AT).web is False


@pytest.mark.django_db
def test_a_look_writes_one_line_a_minute_and_it_is_taken_in(site):
    tasks.look()
    tasks.look()
    tasks.take_in_log()
    tasks.take_in_log()

    assert len(list(read(minutes_log().since(AT - DAY)))) <= 2
    assert Minute.objects.filter(status="up").exists()


def test_a_watch_that_fails_holds_up_no_other(monkeypatch):
    done = []

    def fails():
        raise RuntimeError

    monkeypatch.setattr(watches, "WATCHES", [])
    watches.each_minute(fails)
    watches.each_minute(lambda: done.append(1))

    watches.look()

    assert done == [1]


def test_watching_ends_when_told_to_stop(monkeypatch):
    stop, looked = threading.Event(), []

    def look():
        looked.append(1)
        stop.set()

    monkeypatch.setattr(watches, "WATCHES", [])
    watches.each_minute(look)
    watches.each_minute(look)

    watches.keep_watch(stop)

    assert looked == [1]
