"""What a call says of its money, parts and numbers is checked, and survives dump and load."""

import pytest

from fondaco.calls.models import Call
from fondaco.files.reading import read_folder
from fondaco.files.selectors import pending_changes
from fondaco.files.services import load_folder
from fondaco.files.writing import folder_of, write_folder
from tests.factories.directory import AT
from tests.files.folders import CALL, FILES, changed, mistakes_of, written

FILE = "calls/bold-call/call.toml"
MONEY = """[money]
form = "share"
percent = 70.5
amount = 60000
least = 500
total = 90000
places = 3
asks = "members"
per_organisation = 60000
over = "cut"
[[money.envelope]]
code = "sea"
fact = "answer.topic"
value = "training"
most = 50000
least = 1000
name.en = "The sea"
source = ["https://example.org/sea"]
confidence = "read"

[[quota]]
code = "italy"
fact = "organisation.country"
value = ["IT"]
most = 2
least = 1
needs.en = "A provider is approved."
opened_on = 2023-03-20
opened_because.en = "Two were approved."
[applications]
most = 1
then = "best"
most_in_programme = 3
[consortium]
least = 1
most = 4
confirm = false
"""
START, END = CALL.index("[money]"), CALL.index("[[rule]]")
PARTED = CALL[:START] + MONEY + CALL[END:]


@pytest.fixture
def root(tmp_path):
    """A folder whose call has a share, an envelope, a quota and numbers."""
    return written(tmp_path, FILES | {FILE: PARTED})


@pytest.mark.django_db
def test_everything_about_money_survives_the_way_there_and_back(root, tmp_path):
    programme = load_folder(read_folder(root), by_id=None, at=AT)
    call = Call.objects.get()

    again = tmp_path / "again" / "bridge"
    write_folder(folder_of(programme), again)

    assert pending_changes(read_folder(again)) == []
    assert read_folder(again) == read_folder(root)
    assert (call.support, str(call.percent), call.over_ceiling) == ("share", "70.50", "cut")
    assert (call.envelopes.get().most_cents, call.quotas.get().most) == (5_000_000, 2)
    assert (call.next_application, call.per_organisation_in_programme) == ("best", 3)
    assert (call.consortium_least, call.consortium_most) == (1, 4)
    assert not call.consortium_confirm


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("percent = 70.5\n", "", "The share of the costs is not given."),
        (
            'form = "share"\npercent = 70.5\n',
            'form = "ceiling"\npercent = 70.5\n',
            "A share stands in a call that does not pay a share.",
        ),
        (
            'asks = "members"\n',
            'asks = "members"\nmost_items = 2\n',
            "A number of services stands in a call without a menu.",
        ),
        (
            'asks = "members"\n',
            'asks = "members"\nscheme = "eye"\n',
            "A scheme stands in a call that does not pay lump sums.",
        ),
        (
            'form = "share"\npercent = 70.5\n',
            'form = "lump-sum"\nscheme = "eye"\n',
            "A lump sum needs its scheme and the fact that tells the country.",
        ),
        (
            'form = "share"\npercent = 70.5\n',
            'form = "lump-sum"\nscheme = "zzz"\ncountry = "organisation.country"\n',
            "“zzz” is not a scheme of reference/lump-sums.toml.",
        ),
        (
            'form = "share"\npercent = 70.5\namount = 60000\n',
            'form = "pack"\n',
            "A pack without a sum.",
        ),
        (
            'form = "share"\npercent = 70.5\n',
            'form = "pack"\nitem = [{code = "a", amount = 5, name.en = "A"}]\n',
            "The parts of the pack do not make its sum.",
        ),
        ("least = 500\n", "least = 60001\n", "The least is more than the amount."),
        ("least = 1000\n", "least = 50001\n", "The least of this part is more than its most."),
        ("total = 90000", "total = 999", "What is kept for the parts is more than the whole."),
        ('code = "italy"', 'code = "sea"', "“sea” stands here twice."),
        ('needs.en = "A provider is approved."\n', "", "A quota that needs nothing was opened."),
        (
            "most = 2\n",
            "most = 2\ninvented = true\n",
            "A founding call cannot carry what is invented.",
        ),
        (
            'most = 1\nthen = "best"\n',
            'then = "best"\n',
            "What becomes of the next application is said, but not after how many.",
        ),
        (
            'fact = "answer.topic"\n',
            'fact = "answer.zzz"\n',
            "“answer.zzz” is not a fact that an application keeps.",
        ),
        (
            'asks = "members"',
            'asks = "zzz"',
            "“zzz” is not a question of the form.",
        ),
        (
            'test = "at-least"\nvalue = 2\n',
            'test = "between"\nvalue = 2\n',
            "This test compares with another number of values: 2.",
        ),
        (
            'test = "at-least"\n',
            'test = "at-least"\nbranch = "b"\n',
            "A branch stands in no group.",
        ),
        (
            'fact = "answer.members"\n',
            'fact = "award.in_call"\n',
            "This fact needs to know of what.",
        ),
        ("most = 4\n", "", "It is not said how many partners there may be."),
        (
            "least = 1\nmost = 4\n",
            "least = 5\nmost = 4\n",
            "More partners are needed than there may be.",
        ),
        (
            "confirm = false\n",
            'confirm = false\ncounts = "each"\n',
            "Applications count for each partner, but the next one is not refused.",
        ),
        (
            'test = "at-least"\n',
            'test = "at-least"\nof_partners = true\n',
            "This fact is not one of a single partner.",
        ),
        (
            "[consortium]\nleast = 1\nmost = 4\nconfirm = false\n",
            (
                '[[rule]]\ncode = "more"\nfact = "consortium.members"\n'
                'test = "at-least"\nvalue = 2\n'
                'says.en = "Two."\n'
            ),
            "The rule is about partners, but nobody applies with partners.",
        ),
    ],
)
def test_what_does_not_agree_is_told(root, before, after, what):
    changed(root, FILE, before, after)

    found = mistakes_of(root)

    assert [one[2] for one in found] == [what]
    assert all(one[3] for one in found)
