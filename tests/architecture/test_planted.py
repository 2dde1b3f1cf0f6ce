"""Each guard with an offence planted: a guard that cannot go red is a wish."""

import pytest

from tests.architecture import guards

WRITING = "def view(request):\n    Call.objects.create(code='x')\n"
INSIDE_PACKAGE = "from fondaco.calls.views.public import (\n    start,\n    stop,\n)\n"


@pytest.mark.parametrize("word", ["views", "rules", "selectors"])
def test_a_write_outside_services_is_seen(word):
    assert guards.writes_outside_services(WRITING, word) == ["2: .create()"]


def test_a_write_inside_services_is_not_an_offence():
    assert guards.writes_outside_services(WRITING, "services") == []


def test_a_query_in_a_view_is_seen():
    assert guards.queries_outside_selectors("x = Call.objects.all()\n", "views") == ["1: .objects"]


@pytest.mark.parametrize(
    ("text", "offences"),
    [
        pytest.param(INSIDE_PACKAGE, 2, id="in brackets, inside a package"),
        pytest.param("import fondaco.calls.views\n", 1, id="plain import"),
        pytest.param("from fondaco.calls import views as v\n", 1, id="renamed"),
        pytest.param("from fondaco.calls import services\n", 0, id="public face"),
        pytest.param("from fondaco.kernel.money import Money\n", 0, id="kernel"),
    ],
)
def test_a_stranger_is_seen(text, offences):
    assert len(guards.strangers_met(text, "applications")) == offences


def test_a_clock_is_seen():
    assert guards.clocks_read("at = timezone.now()\n") == ["1: timezone.now"]


def test_a_long_function_is_seen_and_a_view_has_less_room():
    text = "def f():\n" + "    x = 1\n" * 30

    assert (len(guards.too_long(text, "views")), guards.too_long(text, "services")) == (1, [])


def test_a_long_file_is_seen():
    assert guards.too_long("x = 1\n" * 401, "services") == ["file: 401 lines"]


@pytest.mark.parametrize(
    "line",
    [
        '<p style="color:red">',
        "<script>alert(1)</script>",
        '<a onclick="x()">',
        "<style>p{}</style>",
    ],
)
def test_inline_script_or_style_is_seen(line):
    assert len(guards.in_template(line)) == 1


def test_a_script_with_an_address_is_no_offence():
    assert guards.in_template('<script src="x.js" defer></script>') == []


def test_a_missing_phrase_is_seen():
    assert guards.without_phrase({"open": "Open"}, ["open", "closed"]) == ["closed"]


def test_the_ladder_knows_up_from_down():
    assert guards.depth_of("applications") < guards.depth_of("calls") < guards.depth_of("kernel")


LOCKING = """
_KEPT = Prepared(lambda: _rows().filter(pk=number("pk")))

def _rows():
    return Thing.objects.select_for_update(of=("self",))

def locked_thing(pk):
    return _KEPT.one(pk=pk)

def things():
    return Thing.objects.all()

class Things:
    def locked(self):
        return self.select_for_update()
"""


def test_a_lock_is_seen_wherever_it_is_taken():
    assert guards.locks_taken(LOCKING) == ["locked", "locked_thing"]
