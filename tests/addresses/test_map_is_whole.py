"""Every route of the house stands on the map."""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver, path

from fondaco.web import views as plumbing
from tests.addresses import doors
from tests.addresses.map import MAP

Routes = Iterable[URLPattern | URLResolver]


def routes_in(patterns: Routes, space: str = "") -> Iterator[str]:
    """The names of all routes; of one without a name, its pattern."""
    for found in patterns:
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from routes_in(found.url_patterns, inner)
        else:
            yield f"{space}{found.name or found.pattern}"


def not_on_the_map(patterns: Routes) -> set[str]:
    """Routes that the map does not know."""
    return set(routes_in(patterns)) - {address.name for address in MAP}


def test_every_route_is_on_the_map():
    assert not_on_the_map(get_resolver().url_patterns) == set()


def test_every_address_of_the_map_is_a_route():
    assert {address.name for address in MAP} - set(routes_in(get_resolver().url_patterns)) == set()


def test_a_route_that_was_added_is_seen():
    planted = path("back-door/", plumbing.alive, name="back-door")
    nameless = path("side-door/", plumbing.alive)

    assert not_on_the_map([planted, nameless]) == {"back-door", "side-door/"}


def test_every_address_is_there_once_and_its_reader_may_open_it():
    labels = [(one.label, one.reader, tuple(one.posted.items()), one.shows) for one in MAP]

    assert len(set(labels)) == len(labels)
    assert [one.label for one in MAP if set(one.door) != set(doors.READERS)] == []
