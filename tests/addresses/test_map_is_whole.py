"""Every route of the house stands on the map."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.urls import URLPattern, URLResolver, get_resolver, path

from fondaco.web import views as plumbing
from tests.addresses import doors
from tests.addresses.map import MAP, Address

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


def leading_nowhere(names: Iterable[str], patterns: Routes) -> set[str]:
    """Names on the map that no route has."""
    return set(names) - set(routes_in(patterns))


def test_every_address_of_the_map_is_a_route():
    names = [address.name for address in MAP]

    assert leading_nowhere(names, get_resolver().url_patterns) == set()


def test_an_address_that_leads_nowhere_is_seen():
    patterns = [path("alive/", plumbing.alive, name="alive")]

    assert leading_nowhere(["alive", "desks:gone"], patterns) == {"desks:gone"}


def test_a_route_that_was_added_is_seen():
    planted = path("back-door/", plumbing.alive, name="back-door")
    nameless = path("side-door/", plumbing.alive)

    assert not_on_the_map([planted, nameless]) == {"back-door", "side-door/"}


def told_twice(addresses: Iterable[Address]) -> list[str]:
    """The addresses that stand on the map more than once, alike in everything that is tried."""
    labels = [(one.label, one.reader, tuple(one.posted.items()), one.shows) for one in addresses]
    return [label[0] for label, times in Counter(labels).items() if times > 1]


def without_a_reader(addresses: Iterable[Address]) -> list[str]:
    """The addresses whose door leaves a reader out."""
    return [one.label for one in addresses if set(one.door) != set(doors.READERS)]


def test_every_address_is_there_once_and_its_door_knows_every_reader():
    assert told_twice(MAP) == []
    assert without_a_reader(MAP) == []


def test_an_address_told_twice_and_a_door_that_leaves_somebody_out_are_seen():
    one = MAP[0]
    narrow = replace(one, door={who: said for who, said in one.door.items() if who != one.reader})

    assert told_twice([*MAP, one]) == [one.label]
    assert without_a_reader([one, narrow]) == [one.label]


def test_every_404_to_somebody_whom_the_programme_knows_has_its_reason():
    named = doors.named()
    hiding = {name for name, door in named.items() if doors.hides(door)}

    assert hiding - set(doors.UNSEEN) == set()
    assert all(doors.unseen_by(named[name]) for name in doors.UNSEEN)


def test_a_door_that_hides_and_one_that_does_not_are_told_apart(monkeypatch):
    planted = dict(doors.OFFICE) | {"observer": doors.NOTHING}
    monkeypatch.setattr(doors, "PLANTED", planted, raising=False)

    assert doors.hides(doors.named()["PLANTED"])
    assert not doors.hides(doors.OFFICE)
    assert doors.unseen_by(planted) == ["applicant", "colleague", "observer"]
