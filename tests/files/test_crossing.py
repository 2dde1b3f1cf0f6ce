"""What does not agree between files, or with the reference lists, is answered where it stands."""

import pytest

from fondaco.files.reading import read_folder
from tests.files.folders import changed, mistakes_of

CALL, FORM = "calls/bold-call/call.toml", "calls/bold-call/form.toml"
WAYS = [
    pytest.param(
        'kind = "sub-grant"',
        'kind = "sub-grant"\nintake = "cut-offs"',
        "The cut-offs before the last are not given.",
        id="cut-offs without dates",
    ),
    pytest.param(
        "[timetable]",
        "[timetable]\ncut_offs = [2026-01-01T12:00:00]",
        "Cut-offs stand in a call that does not take in by cut-offs.",
        id="dates without cut-offs",
    ),
    pytest.param(
        'kind = "sub-grant"',
        'kind = "sub-grant"\nintake = "first-come"\nqueue.order = "random"',
        "A queue in random order needs to know how long its window is.",
        id="a random queue without a window",
    ),
    pytest.param(
        'kind = "sub-grant"',
        'kind = "sub-grant"\nqueue.order = "random"',
        "A queue stands in a call that does not serve those who come first.",
        id="a queue in a call with a deadline",
    ),
    pytest.param(
        'kind = "sub-grant"',
        'kind = "sub-grant"\nintake = "staged"\ninvites = 3',
        "A second stage does not name the first.",
        id="a second stage without a first",
    ),
    pytest.param(
        'kind = "sub-grant"',
        'kind = "sub-grant"\ninvites = 3',
        "A call that is no second stage cannot have “invites”.",
        id="invites without a stage",
    ),
    pytest.param(
        "[timetable]",
        "[timetable]\nholidays = [{ on = 2026-05-01 }, { on = 2026-05-01 }]",
        "“2026-05-01” stands here twice.",
        id="a holiday twice",
    ),
    pytest.param(
        "[timetable]",
        "[timetable]\nreminders = [2, 7]",
        "The days of the reminders do not come one after another.",
        id="reminders out of order",
    ),
]
CODES = [
    pytest.param(
        "programme.toml",
        'countries = ["TN", "IT"]',
        'countries = ["TN", "XX"]',
        0,
        "“XX” is not a country of reference/countries.toml.",
        None,
        id="a country that is not on the list",
    ),
    pytest.param(
        "partners.toml",
        'country = "IT"',
        'country = "QQ"',
        0,
        "“QQ” is not a country of reference/countries.toml.",
        None,
        id="a partner in no country",
    ),
    pytest.param(
        CALL,
        'value = ["TN", "IT"]',
        'value = ["TN", "XX"]',
        0,
        "“XX” is not a country of reference/countries.toml.",
        None,
        id="a rule for no country",
    ),
    pytest.param(
        CALL,
        'value = ["TN", "IT"]',
        'value = ["TN", "IT"]\ninvented = true',
        1,
        "A founding call cannot carry what is invented.",
        "Take it out, or name the founding call: edition_of = …",
        id="an invented rule in a founding call",
    ),
    pytest.param(
        CALL,
        "[timetable]",
        '[timetable]\nweekend = ["friday", "saturday"]',
        1,
        "A founding call cannot carry what is invented.",
        "Take it out, or name the founding call: edition_of = …",
        id="an invented weekend in a founding call",
    ),
    pytest.param(
        CALL,
        'kind = "sub-grant"',
        'kind = "sub-grant"\necosystems = ["turism"]',
        1,
        "“turism” is not an ecosystem of reference/ecosystems.toml.",
        "Write tourism.",
        id="an ecosystem that is not on the list",
    ),
    pytest.param(
        "partners.toml",
        'code = "berytech"',
        'code = "berytech"\nkind = "clusterr"',
        1,
        "“clusterr” is not a kind of reference/organisation-kinds.toml.",
        "Write cluster.",
        id="a kind of organisation that is not on the list",
    ),
    pytest.param(
        "programme.toml",
        'partner = "anima"',
        'partner = "anna"',
        0,
        "“anna” is not the code of a partner.",
        "Write anima.",
        id="a contact that is no partner",
    ),
    pytest.param(
        CALL,
        'partner = "anima"',
        'partner = "anima2"',
        0,
        "“anima2” is not the code of a partner.",
        "Write anima.",
        id="a call run by no partner",
    ),
    pytest.param(
        CALL,
        "[evaluation]",
        '[decision]\nby = "each"\npartners = ["chamber"]\n[evaluation]',
        2,
        "“chamber” is not the code of a partner.",
        "Write one of: anima, berytech.",
        id="a decider that is no partner",
    ),
    pytest.param(
        "work-packages.toml",
        'leader = "anima"',
        'leader = "animal"',
        0,
        "“animal” is not the code of a partner.",
        "Write anima.",
        id="a leader that is no partner",
    ),
    pytest.param(
        "partners.toml",
        'partnership = "north"',
        'partnership = "norht"',
        0,
        "“norht” is not the code of a partnership.",
        "Write north.",
        id="a partnership that is not there",
    ),
    pytest.param(
        "programme.toml",
        'code = "bridge"',
        'code = "brigde"',
        0,
        "“brigde” is not the name of the folder.",
        "Write bridge.",
        id="a programme in the folder of another",
    ),
    pytest.param(
        CALL,
        'code = "bold-call"',
        'code = "bald-call"',
        0,
        "“bald-call” is not the name of the folder.",
        "Write bold-call.",
        id="a call in the folder of another",
    ),
    pytest.param(
        CALL,
        'code = "bold-call"',
        'code = "bold-call"\nedition_of = "bolder-call"',
        1,
        "“bolder-call” is not the code of a call.",
        "Take it out.",
        id="an edition of nothing",
    ),
    pytest.param(
        CALL,
        'fact = "answer.members"',
        'fact = "answer.member"',
        0,
        "“answer.member” is not a fact that anybody can tell.",
        "Write answer.members.",
        id="a rule about a question that is not asked",
    ),
    pytest.param(
        CALL,
        'tie_breaks = ["relevance", "earliest"]',
        'tie_breaks = ["relevanse"]',
        0,
        "“relevanse” is not a criterion of this call.",
        "Write relevance.",
        id="a tie broken by nothing",
    ),
    pytest.param(
        FORM,
        'criterion = "relevance"',
        'criterion = "price"',
        0,
        "“price” is not a criterion of this call.",
        "Write one of: relevance.",
        id="a question about no criterion",
    ),
]
TWICE = [
    pytest.param(
        "partners.toml",
        'code = "berytech"\nname = "Berytech"',
        'code = "anima"\npartnership = "north"\nname = "x"',
        -1,
        "anima",
        id="a partner in the same partnership",
    ),
    pytest.param(
        "partners.toml",
        '[[partner]]\ncode = "anima"',
        '[[partnership]]\ncode = "north"\nname = "x"\n[[partner]]\ncode = "anima"',
        0,
        "north",
        id="a partnership",
    ),
    pytest.param(
        "results.toml",
        "target = 60\n",
        'target = 60\n[[result]]\ncode = "trained"\ntitle.en = "x"\n',
        1,
        "trained",
        id="a result",
    ),
    pytest.param(
        "work-packages.toml",
        'leader = "anima"\n',
        '[[work_package]]\nnumber = 1\ntitle.en = "x"\n',
        0,
        "1",
        id="a work package",
    ),
    pytest.param(CALL, 'code = "team"', 'code = "country"', -1, "country", id="a rule"),
    pytest.param(
        CALL,
        'name.en = "Advice"\n',
        'name.en = "x"\n[[money.item]]\ncode = "advice"\namount = 1\nname.en = "y"\n',
        1,
        "advice",
        id="a service",
    ),
    pytest.param(
        CALL,
        'name.en = "Relevance"\n',
        'name.en = "x"\n[[criterion]]\ncode = "relevance"\npoints = 1\nname.en = "y"\n',
        1,
        "relevance",
        id="a criterion",
    ),
    pytest.param(FORM, 'code = "end"', 'code = "project"', -1, "project", id="a section"),
]
HOLES = [
    pytest.param(
        CALL, "points = 100\n", "", -2, "The points are not given.", "Add: points = …", id="points"
    ),
    pytest.param(
        CALL,
        'form = "menu"',
        'form = "fixed"',
        -1,
        "A fixed amount is not given.",
        "Add: amount = …",
        id="a fixed amount",
    ),
    pytest.param(
        CALL,
        '[[money.item]]\ncode = "advice"\namount = 3000\nname.en = "Advice"\n',
        "",
        -2,
        "A menu without services.",
        "Add [[money.item]] with code, name and amount.",
        id="services of a menu",
    ),
    pytest.param(
        FORM,
        '[[section.question.option]]\ncode = "training"\nlabel.en = "Training"\n',
        "",
        -4,
        "There is nothing to choose from.",
        "Add [[section.question.option]].",
        id="options of a choice",
    ),
]


@pytest.mark.parametrize("file", [CALL, "programme.toml"])
def test_who_asks_on_the_last_day_is_answered_before_the_last_day_of_answers(root, file):
    with (root / file).open("a", encoding="utf-8") as written:
        written.write("\n[questions]\nask_until = 7\nanswer_until = 8\n")

    [found] = mistakes_of(root)

    assert found[0] == f"bridge/{file}"
    assert found[2] == "The last day of answers comes before the last day to ask."


@pytest.mark.parametrize(("file", "before", "after", "below", "what", "remedy"), [*CODES, *HOLES])
def test_one_mistake_in_one_file(root, file, before, after, below, what, remedy):
    line = changed(root, file, before, after) + below

    found = mistakes_of(root)

    assert [mistake[:3] for mistake in found] == [(f"bridge/{file}", line, what)]
    assert found[0][3]
    assert remedy in {None, found[0][3]}


@pytest.mark.parametrize(("file", "before", "after", "below", "word"), TWICE)
def test_a_code_that_stands_twice(root, file, before, after, below, word):
    line = changed(root, file, before, after) + below

    assert mistakes_of(root) == [
        (
            f"bridge/{file}",
            line,
            f"“{word}” stands here twice.",
            "Give each its own code.",
        )
    ]


def test_a_question_that_stands_twice_in_two_sections(root):
    line = changed(root, FORM, 'code = "topic"', 'code = "project-title"') - 1

    assert mistakes_of(root) == [
        (
            f"bridge/{FORM}",
            line,
            "The question “project-title” stands here twice.",
            "Give each its own code.",
        )
    ]


def test_a_partner_may_stand_in_two_partnerships(root):
    changed(root, "partners.toml", 'code = "berytech"', 'code = "anima"')

    assert len(read_folder(root).partner) == 2


@pytest.mark.parametrize(("before", "after", "what"), WAYS)
def test_a_way_of_intake_that_does_not_agree_is_answered(root, before, after, what):
    changed(root, CALL, before, after)

    assert what in [mistake[2] for mistake in mistakes_of(root)]
