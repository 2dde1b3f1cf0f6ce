"""Where a request leads, whatever language stands in its address."""

import pytest

from fondaco.web.routes import language_of, route_of


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_route_is_found_in_each_language(rf, language):
    request = rf.get(f"/{language}/calls/")

    found = route_of(request)

    assert found is not None
    assert found.view_name
    assert language_of(request) == language


def test_an_address_that_leads_nowhere_has_no_route(rf):
    assert route_of(rf.get("/en/no/such/address/at/all/")) is None


def test_a_request_is_looked_up_once(rf, monkeypatch):
    request = rf.get("/en/calls/")
    first = route_of(request)
    monkeypatch.setattr("fondaco.web.routes.resolve", None)

    assert route_of(request) is first
