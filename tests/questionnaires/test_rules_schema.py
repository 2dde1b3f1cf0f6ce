"""A form read from its data, and everything that keeps data from being one."""

import pytest

from fondaco.questionnaires.rules.schema import Kind, SchemaMistake, form_from, mistakes
from tests.factories.questionnaires import option, question, schema, section


def test_a_form_has_what_its_data_says():
    form = form_from(
        schema(
            section(
                "one",
                question("kinds", "choices", required=True, at_least=1, option=[option("a")]),
                question("proof", "file"),
                question("iban", private=True),
            )
        )
    )

    kinds, proof, iban = form.questions
    assert [asked.is_private for asked in form.questions] == [False, False, True]
    assert iban.kind == Kind.SHORT_TEXT
    assert (kinds.kind, kinds.is_required, kinds.at_least, kinds.option_codes) == (
        Kind.CHOICES,
        True,
        "1",
        ("a",),
    )
    assert (proof.accepts, proof.megabytes) == (("pdf", "png", "jpg", "docx", "xlsx", "odt"), 10)
    assert form.section("one") == form.section_of("proof")
    assert form.section("two") is None
    assert form.section_of("nothing") is None
    assert form.question("nothing") is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, ["The form has no section."]),
        (schema(section("a"), section("a")), ["The section a stands twice."]),
        (schema(section("a", question("q"), question("q"))), ["The question q stands twice."]),
        (
            schema(section("a", question("q", "song"))),
            ["The question q is of the unknown kind 'song'."],
        ),
        (
            schema(section("a", question("q", "choice"))),
            ["The question q has no option to choose."],
        ),
        (schema(section("a", question("q", label={}))), ["The question q has no label."]),
        (
            schema(section("a", question("q", "choice", option=[option("x"), option("x")]))),
            ["The option of q x stands twice."],
        ),
        ({"section": [{"title": {}}]}, ["A section has no code."]),
    ],
)
def test_each_mistake_is_named(data, said):
    assert mistakes(data) == said


def test_data_with_mistakes_is_no_form():
    with pytest.raises(SchemaMistake, match="no section"):
        form_from({})
