"""What stands wrongly in one file is answered with file, line, what is wrong and a remedy."""

import pytest
from django.utils import translation

from fondaco.files.mistakes import FolderRefused, nearest
from fondaco.files.reading import read_folder
from tests.files.folders import changed, mistakes_of

CALL, FORM = "calls/bold-call/call.toml", "calls/bold-call/form.toml"
KEYS = [
    pytest.param(
        "programme.toml",
        'acronym = "BRIDGE"',
        'acronim = "BRIDGE"\nacronym = "BRIDGE"',
        0,
        "“acronim” is not known here.",
        "Write acronym.",
        id="a key that nobody reads",
    ),
    pytest.param(
        CALL,
        'says.en = "There are two of you."',
        'sayz.en = "There are two of you."\nsays.en = "x"',
        0,
        "“sayz” is not known here.",
        "Write says.",
        id="a key that nobody reads, deep inside",
    ),
    pytest.param(
        "programme.toml",
        "[look]",
        "[zzz]\n[look]",
        0,
        "“zzz” is not known here.",
        "Write one of: acronym, ceiling_per_organisation, code, confidence, contact, countries, "
        "ecosystems, funder, key_fact, languages, look, money.",
        id="a table that nobody reads",
    ),
    pytest.param(
        "programme.toml",
        'statement = "funded"',
        "",
        -2,
        "“statement” is missing.",
        "Add a line: statement = …",
        id="a key that is needed",
    ),
    pytest.param(
        FORM,
        'kind = "number"',
        'kind = "numbr"',
        0,
        "“numbr” is no value for “kind”.",
        "Write number.",
        id="a word that is none of those",
    ),
    pytest.param(
        "partners.toml",
        'role = "coordinator"',
        'role = "boss"',
        0,
        "“boss” is no value for “role”.",
        "Write one of: affiliate, coordinator, partner.",
        id="a word like none of those",
    ),
]
VALUES = [
    pytest.param(
        CALL,
        "experts = 2",
        'experts = "two"',
        0,
        "The value of “experts” cannot be read: two.",
        "Write a number without quotation marks, such as 0.5.",
        id="a word for a number",
    ),
    pytest.param(
        CALL,
        "experts = 2",
        "experts = 10",
        0,
        "The value of “experts” cannot be read: 10.",
        "The number is outside what is allowed: Input should be less than or equal to 9.",
        id="a number that is too large",
    ),
    pytest.param(
        "work-packages.toml",
        "number = 1",
        "number = -1",
        0,
        "The value of “number” cannot be read: -1.",
        "The number is outside what is allowed: Input should be greater than or equal to 0.",
        id="a number below nothing",
    ),
    pytest.param(
        FORM,
        "at_least = 1",
        'at_least = "few"',
        0,
        "The value of “at_least” cannot be read: few.",
        "Write a number without quotation marks, such as 0.5.",
        id="a word for a number or a date",
    ),
    pytest.param(
        FORM,
        'kind = "short-text"',
        'kind = "short-text"\nrequired = "maybe"',
        1,
        "The value of “required” cannot be read: maybe.",
        "Write true or false.",
        id="a word for yes or no",
    ),
    pytest.param(
        "results.toml",
        'title.en = "Firms trained"',
        'title = "Firms trained"',
        0,
        "The value of “title” cannot be read: Firms trained.",
        'Write a text for each language: title.en = "…"',
        id="one text for all languages",
    ),
    pytest.param(
        "results.toml",
        'title.en = "Firms trained"',
        "title.en = 5",
        0,
        "The value of “en” cannot be read: 5.",
        "Write a text in quotation marks.",
        id="a number for a text",
    ),
    pytest.param(
        "results.toml",
        'title.en = "Firms trained"',
        'title.EN = "Firms trained"',
        0,
        "The value of “EN” cannot be read: EN.",
        "Write a language code: en, fr, ar.",
        id="a language in capitals",
    ),
    pytest.param(
        "partners.toml",
        'code = "berytech"',
        'code = "Bery Tech"',
        0,
        "The value of “code” cannot be read: Bery Tech.",
        "Write lower-case words joined by hyphens: blue-economy.",
        id="a code with capitals and spaces",
    ),
    pytest.param(
        "programme.toml",
        "budget = 1000.5",
        'budget = 1000.5\ncurrency = "euro"',
        1,
        "The value of “currency” cannot be read: euro.",
        "Write a currency code of three capitals: EUR, TND.",
        id="a currency by its name",
    ),
    pytest.param(
        "programme.toml",
        'deep = "#0b3d5c"',
        'deep = "navy"',
        0,
        "The value of “deep” cannot be read: navy.",
        'Write a colour as "#0b3d5c".',
        id="a colour by its name",
    ),
    pytest.param(
        "programme.toml",
        'title.en = "Bridge"',
        'title.en = "Bridge"\nwebsite = "bridge.example"',
        1,
        "The value of “website” cannot be read: bridge.example.",
        "Write a whole address that begins with https://.",
        id="an address without its beginning",
    ),
    pytest.param(
        "programme.toml",
        'acronym = "BRIDGE"',
        f'acronym = "{"B" * 41}"',
        0,
        f"The value of “acronym” cannot be read: {'B' * 41}.",
        "Write at most 40 characters.",
        id="a word that is too long",
    ),
]
TIMES = [
    pytest.param(
        CALL,
        "on = 2023-06-01",
        "on = 2023-02-31",
        0,
        "The file breaks the rules of TOML: Invalid date or datetime (at line 12, column 6).",
        "Look at this line and the one before.",
        id="31 February",
    ),
    pytest.param(
        CALL,
        "on = 2023-06-01",
        'on = "2023-02-31"',
        0,
        "“2023-02-31” is no date.",
        "Write a date such as 2023-06-01.",
        id="31 February in quotation marks",
    ),
    pytest.param(
        CALL,
        "opens = 2023-03-15T00:00:00",
        "opens = 2023-03-26T02:30:00",
        0,
        "2023-03-26 02:30 does not exist in Europe/Brussels.",
        "Write a local time such as 2023-04-12T17:00:00.",
        id="a time that the clock leapt over",
    ),
    pytest.param(
        CALL,
        "opens = 2023-03-15T00:00:00",
        "opens = 2023-03-15T00:00:00Z",
        0,
        "“2023-03-15 00:00:00+00:00” is no local time.",
        "Write a local time such as 2023-04-12T17:00:00.",
        id="a time with an offset",
    ),
    pytest.param(
        CALL,
        "opens = 2023-03-15T00:00:00",
        'opens = "-20 days 09:00"',
        0,
        "“-20 days 09:00” is no local time.",
        "Write a local time such as 2023-04-12T17:00:00.",
        id="a relative time outside a season",
    ),
    pytest.param(
        CALL,
        "closes = 2023-04-12T17:00:00",
        "closes = 2023-04-12",
        0,
        "The value of “closes” cannot be read: 2023-04-12.",
        "Add the time on the clock of the call, such as 2023-04-12T17:00:00.",
        id="a deadline without a time",
    ),
    pytest.param(
        CALL,
        "opens = 2023-03-15T00:00:00",
        "opens = 2023-03-15",
        0,
        "The value of “opens” cannot be read: 2023-03-15.",
        "Add the time on the clock of the call, such as 2023-04-12T17:00:00.",
        id="an opening without a time",
    ),
    pytest.param(
        CALL,
        "at = 2023-04-12T17:00:00",
        'at = "in spring"',
        0,
        "“in spring” is no local time.",
        "Write a local time such as 2023-04-12T17:00:00.",
        id="the time of an event in words",
    ),
    pytest.param(
        CALL,
        "opens = 2023-03-15T00:00:00",
        "opens = 2023-05-15T00:00:00",
        1,
        "The call closes before it opens.",
        "Correct one of the two.",
        id="closes before it opens",
    ),
    pytest.param(
        CALL,
        "[timetable]",
        '[timetable]\nzone = "Europe/Bruxelles"',
        1,
        "“Europe/Bruxelles” is not a time zone.",
        "Write Europe/Brussels.",
        id="a zone that is not on the map",
    ),
    pytest.param(
        CALL,
        "closes = 2023-04-21T12:00:00\n",
        "",
        -3,
        "An extension has no new deadline.",
        "Add: closes = …",
        id="an extension without a deadline",
    ),
]


@pytest.mark.parametrize(
    ("file", "before", "after", "below", "what", "remedy"), [*KEYS, *VALUES, *TIMES]
)
def test_one_mistake_in_one_file(root, file, before, after, below, what, remedy):
    line = changed(root, file, before, after) + below

    found = mistakes_of(root)

    assert [mistake[:3] for mistake in found] == [(f"bridge/{file}", line, what)]
    assert found[0][3]
    assert remedy in {None, found[0][3]}


def test_a_mistake_is_said_in_the_language_of_the_reader(root):
    changed(root, CALL, "points = 100\n", "")

    with translation.override("ar"):
        ((_file, _line, what, remedy),) = mistakes_of(root)

    assert what
    assert remedy


def test_a_mistake_prints_as_one_line_that_editors_can_follow(root):
    changed(root, CALL, "points = 100\n", "")

    with pytest.raises(FolderRefused) as refused:
        read_folder(root)

    assert str(refused.value) == (f"bridge/{CALL}:46: The points are not given. Add: points = …")


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("vocher", ["voucher", "training"], "Write voucher."),
        ("zzz", ["b", "a"], "Write one of: a, b."),
        ("zzz", [], "Take it out."),
    ],
)
def test_what_was_probably_meant(word, known, expected):
    assert nearest(word, known) == expected
