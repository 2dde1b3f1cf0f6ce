"""A small application that says what it was told of a request's arrival."""

import json
import time
from contextlib import suppress

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse

from fondaco.web.middleware import received_at
from fondaco.web.moments import ARRIVED, TURNED, WAITED


def pieces_of(body):
    """The body as far as it comes."""
    with suppress(OSError):
        while piece := body.read(4096):
            yield piece


def application(environ, start_response):
    """What the house would have known; a page of the last rank takes its time."""
    seen = []

    def respond(request):
        seen.append(request.received_at.timestamp())
        return HttpResponse()

    request = WSGIRequest(environ)
    received_at(respond)(request)
    if request.path.startswith("/en/calls/") and not environ[TURNED]:
        time.sleep(0.1)
    told = {
        "arrived": environ[ARRIVED],
        "waited": environ[WAITED],
        "turned": environ[TURNED],
        "received": seen[0],
        "size": len(b"".join(pieces_of(environ["wsgi.input"]))),
        "now": time.time(),
    }
    text = json.dumps(told).encode()
    start_response("200 OK", [("Content-Length", str(len(text)))])
    return [text]
