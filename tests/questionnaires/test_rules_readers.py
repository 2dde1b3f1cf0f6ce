"""Who reads which answers, and the columns of an export that keep their keys."""

from fondaco.questionnaires.rules.readers import cell_of, columns_of, withheld
from fondaco.questionnaires.rules.schema import form_from
from fondaco.questionnaires.rules.tables import Reader
from tests.factories.questionnaires import option, question, schema, section

FORM = form_from(
    schema(
        section(
            "s",
            question("name", export="applicant"),
            question("iban", seen_by=["officers"]),
            question("kinds", "choices", option=[option("a"), option("b")]),
            question("honour", "declaration"),
            question("signature", "signature"),
            question(
                "lines",
                "group",
                export="budget",
                column=[question("what"), question("price", "money", total=True)],
            ),
        )
    )
)
LINES = {"rows": [{"row": "r1", "what": "Train", "price": "5.00"}], "totals": [{"price": "5.00"}]}
ANSWERS = {
    "name": "Atelier",
    "iban": "XX00",
    "kinds": ["a", "b"],
    "honour": True,
    "signature": {"name": "Ada"},
    "lines": LINES,
}


def test_an_answer_is_kept_from_whom_the_form_does_not_name():
    assert withheld(FORM, None) == frozenset()
    assert withheld(FORM, Reader.OFFICERS) == frozenset()
    assert withheld(FORM, Reader.EVALUATORS) == withheld(FORM, Reader.PARTNERS) == {"iban"}
    open_form = form_from(schema(section("s", question("a"))))
    assert not open_form.is_restricted
    assert withheld(open_form, Reader.EVALUATORS) == frozenset()


def test_an_export_has_the_keys_of_the_form_and_only_what_its_reader_sees():
    row = {column.key: cell_of(column, ANSWERS) for column in columns_of(FORM, Reader.OFFICERS)}

    assert row == {
        "applicant": "Atelier",
        "iban": "XX00",
        "kinds": "a; b",
        "honour": "yes",
        "signature": "Ada",
        "budget.price": "5.00",
        "budget": "1",
    }
    for_evaluators = columns_of(FORM, Reader.EVALUATORS)
    assert "iban" not in {column.key for column in for_evaluators}
    assert {cell_of(column, {}) for column in for_evaluators} == {""}
    assert [column.label["en"] for column in for_evaluators][-2:] == ["Price", "Lines"]
