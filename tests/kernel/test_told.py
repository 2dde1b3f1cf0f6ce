"""What is kept about a person is told and erased slice by slice."""

import pytest

from fondaco.kernel import told
from fondaco.kernel.told import (
    against_erasing,
    erase_everywhere,
    everything_about,
    told_about_person,
)


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch):
    monkeypatch.setattr(told, "_CHAPTERS", {})


def test_every_slice_tells_its_part_in_the_order_of_names():
    told_about_person("mail", tell=lambda pk: [pk], erase=lambda _pk: [])
    told_about_person("calls", tell=lambda pk: {"number": pk}, erase=lambda _pk: [])

    assert list(everything_about(7).items()) == [("calls", {"number": 7}), ("mail", [7])]


def test_erasing_asks_every_slice_and_keeps_all_reasons():
    erased = []

    def erase(name, *reasons):
        return lambda pk: erased.append((name, pk)) or list(reasons)

    told_about_person("mail", tell=str, erase=erase("mail", "audit until 2031"))
    told_about_person("calls", tell=str, erase=erase("calls", "decided", "published"))

    assert erase_everywhere(7) == ["decided", "published", "audit until 2031"]
    assert erased == [("calls", 7), ("mail", 7)]


def test_every_slice_may_object_to_an_erasure():
    told_about_person("mail", tell=str, erase=lambda _pk: [])
    told_about_person("calls", tell=str, erase=lambda _pk: [], against=lambda pk: [f"needs {pk}"])

    assert against_erasing(7) == ["needs 7"]


def test_a_slice_that_registers_again_replaces_its_part():
    told_about_person("mail", tell=lambda _pk: "old", erase=lambda _pk: [])
    told_about_person("mail", tell=lambda _pk: "new", erase=lambda _pk: [])

    assert everything_about(1) == {"mail": "new"}
