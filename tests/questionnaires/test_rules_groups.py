"""Rows of a group: their order, their figures, what is wrong with them and what they lack."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.questionnaires.rules.answers import Reason
from fondaco.questionnaires.rules.groups import (
    Move,
    all_rows,
    changed,
    keys_of,
    rows_asked,
    rows_in,
)
from fondaco.questionnaires.rules.rows import figure_in, figure_of, group_value
from fondaco.questionnaires.rules.schema import form_from
from fondaco.questionnaires.rules.sections import missing, problems, signed_content, values
from fondaco.questionnaires.rules.tables import FormulaWrong, formula
from tests.factories.questionnaires import option, question, schema, section

BUDGET = schema(
    section(
        "money",
        question("grant", "money"),
        question(
            "lines",
            "group",
            required=True,
            at_least=1,
            at_most=4,
            column=[
                question("kind", "choice", option=[option("travel"), option("staff")]),
                question("what", required=True),
                question("quantity", "number"),
                question("price", "money", at_most=5000),
                question("amount", "money", formula="quantity * price", total=True),
            ],
            budget={
                "amount": "amount",
                "category": "kind",
                "ceiling": [{"option": "travel", "most": 500, "percent": 50}],
                "grant": "grant",
                "percent": 70,
            },
        ),
    )
)
FORM = form_from(BUDGET)
SECTION = FORM.sections[0]
LINES = SECTION.groups[0]


def row(code, place, **cells):
    return {f"lines.{code}": str(place)} | {
        f"lines.{code}.{name}": said for name, said in cells.items()
    }


TWO = row("b", 2, kind="travel", what="Train", quantity="2", price="1.000,00") | row(
    "a", 1, kind="staff", what="Work", quantity="٣", price="100.5"
)


def test_rows_stand_in_their_order_with_what_they_reckon():
    value = group_value(LINES, TWO)

    assert [one["row"] for one in value["rows"]] == ["a", "b"]
    assert [one["amount"] for one in value["rows"]] == ["301.50", "2000.00"]
    assert value["totals"] == [{"amount": "2301.50"}]
    assert figure_of(LINES, TWO) == figure_in(LINES, value) == Decimal("2301.50")
    assert values(FORM, TWO) == {"lines": value}


def test_an_empty_row_and_a_removed_one_do_not_count():
    answers = TWO | row("c", 3, what=" ") | {"lines.a": ""}

    assert [one.code for one in rows_in(LINES, answers)] == ["b"]
    assert [(one.code, one.is_removed) for one in all_rows(LINES, answers)][-1] == ("a", True)
    assert figure_of(LINES, {}) is None


def test_strange_keys_are_nobodys():
    keys = [
        "lines.a",
        "lines.a.what",
        "lines.a.amount",
        "lines.A",
        "lines.a.b.c",
        "lines",
        "other.a",
    ]

    assert set(keys_of(LINES, keys)) == {"lines.a", "lines.a.what"}


def test_what_is_wrong_names_its_cell():
    answers = row("a", 1, what="Work", price="6000", quantity="many")

    found = {(one.key, one.reason) for one in problems(SECTION, answers)}

    assert found == {
        ("lines.a.quantity", Reason.NOT_A_NUMBER),
        ("lines.a.price", Reason.TOO_LARGE),
    }


def test_what_lacks_are_rows_and_cells():
    assert [one.reason for one in missing(SECTION, {})] == [Reason.TOO_FEW_ROWS]
    lacks = missing(SECTION, row("a", 1, price="5"))
    assert [(one.key, one.reason) for one in lacks] == [("lines.a.what", Reason.MISSING)]


def test_a_group_has_no_more_rows_than_it_may():
    many = {}
    for place in range(1, 6):
        many |= row(f"r{place}", place, what="x")

    assert [one.reason for one in problems(SECTION, many)] == [Reason.TOO_MANY_ROWS]
    assert changed(LINES, many, Move.ADD, "", new="r9") == {}


@pytest.mark.parametrize(
    ("grant", "kind", "price", "share", "over"),
    [
        ("", "travel", "500", None, [("50", "250.00")]),
        ("", "staff", "501", None, []),
        ("350", "staff", "500", None, []),
        ("350.01", "staff", "500", None, [("70", "350.00")]),
        ("350.01", "staff", "500", Decimal(90), [("70", "350.00")]),
    ],
)
def test_a_budget_stays_below_its_ceilings_and_its_share(grant, kind, price, share, over):
    answers = {"grant": grant} | row("a", 1, kind=kind, what="x", quantity="1", price=price)

    found = problems(SECTION, answers, share=share)

    assert [(one.percent, one.limit) for one in found] == over


def test_the_share_of_the_call_holds_where_the_form_names_none():
    data = {**BUDGET["section"][0]}
    lines = dict(data["question"][1])
    lines["budget"] = {"amount": "amount", "grant": "grant"}
    form = form_from(schema(section("money", data["question"][0], lines)))
    answers = {"grant": "60"} | row("a", 1, what="x", quantity="1", price="100")

    assert problems(form.sections[0], answers) == []
    found = problems(form.sections[0], answers, share=Decimal(50))
    assert [(one.reason, one.limit, one.given) for one in found] == [
        (Reason.OVER_SHARE, "50.00", "60.00")
    ]


@pytest.mark.parametrize(
    ("move", "code", "order"),
    [
        (Move.UP, "b", ["b", "a"]),
        (Move.DOWN, "a", ["b", "a"]),
        (Move.UP, "a", ["a", "b"]),
        (Move.REMOVE, "a", ["b"]),
        (Move.ADD, "c", ["a", "b", "c"]),
        (Move.UP, "nobody", ["a", "b"]),
        (Move.PUT_BACK, "a", ["a", "b"]),
    ],
)
def test_rows_are_added_moved_and_taken_away(move, code, order):
    after = TWO | changed(LINES, TWO, move, code, new=code)

    assert [one.code for one in all_rows(LINES, after) if not one.is_removed] == order


def test_an_empty_group_asks_for_as_many_rows_as_must_be():
    assert [one.code for one in rows_asked(LINES, {})] == ["r1"]
    assert [one.code for one in rows_asked(LINES, {"lines.r1": ""})] == ["r2"]


MOVES = st.lists(
    st.tuples(st.sampled_from(list(Move)), st.sampled_from(["a", "b", "c", "d", "e"])), max_size=12
)


@given(MOVES)
def test_no_sequence_of_moves_loses_a_cell(moves):
    answers = dict(TWO)
    for move, code in moves:
        answers |= changed(LINES, answers, move, code, new=code)

    assert {
        key: said for key, said in TWO.items() if key.count(".") == 2
    }.items() <= answers.items()
    places = [one.rank for one in all_rows(LINES, answers) if not one.is_removed]
    assert places == sorted(set(places))
    back = changed(LINES, answers, Move.PUT_BACK, "a") or {}
    assert "a" in {one.code for one in all_rows(LINES, answers | back) if not one.is_removed} or (
        len(places) == 4
    )


@pytest.mark.parametrize(
    ("text", "figures", "result"),
    [
        ("a * b", {"a": "2", "b": "1.005"}, "2.01"),
        ("a × b - c * 0.5", {"a": "2", "b": "3", "c": "4"}, "4.00"),
        ("a + 1", {"a": "1"}, "2.00"),
        ("a * b", {"a": "2"}, None),
    ],
)
def test_a_formula_reckons_to_the_cent(text, figures, result):
    read = formula(text)

    found = read.of({name: Decimal(figure) for name, figure in figures.items()})

    assert (found and str(found)) == result
    assert formula(str(read)) == read


@pytest.mark.parametrize("text", ["a *", "* a", "a b", "a / b", "a + * b", "__import__"])
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(FormulaWrong):
        formula(text)


def test_a_signature_stands_under_every_cell():
    before = signed_content(FORM, TWO)

    assert signed_content(FORM, TWO | {"lines.a.what": "Other work"}) != before
    assert signed_content(FORM, TWO | {"strange.a": "x"}) == before
