"""Questions, problems and answers as the page shows them."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from fondaco.questionnaires.phrases import answered, problem_words, said_value
from fondaco.questionnaires.phrases.fields import fields_of
from fondaco.questionnaires.rules.answers import Problem, Reason
from fondaco.questionnaires.rules.schema import Kind, form_from
from tests.factories.documents import UploadFactory
from tests.factories.questionnaires import option, question, schema, section

EVERY = schema(
    section(
        "s",
        *(
            question(
                kind.value,
                kind.value,
                help={"en": "Help"},
                text={"en": "Text"},
                option=[option("a"), option("b")],
                column=[question("what"), question("price", "money", total=True)],
            )
            for kind in Kind
        ),
        question("limited", "long-text", required=True, limit=1500),
    )
)
SECTION = form_from(EVERY).sections[0]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def _page(fields):
    return "".join(
        render_to_string(
            "questionnaires/_field.html", {"field": field, "file_url": "/file", "sign_url": "/sign"}
        )
        for field in fields
    )


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_kind_is_asked_with_a_label_and_its_help(language):
    with translation.override(language):
        page = _page(fields_of(SECTION, {}))

    for kind in Kind:
        assert f'"q-{kind.value}' in page
    assert page.count('id="q-limited"') == 1
    assert 'data-limit="1500"' in page
    assert ("untranslated" in page) == (language != "en")


def test_what_was_typed_comes_back_with_its_problems():
    answers = {"number": "many", "choice": "a", "choices": ["b"], "date": "31/02/2027"}

    page = _page(fields_of(SECTION, answers))

    assert 'value="many"' in page
    assert 'value="a" checked' in page
    assert 'aria-invalid="true"' in page
    assert "“many” is no number" in page
    assert 'type="text" id="q-date" name="q-date" value="31/02/2027"' in page


def test_a_date_that_is_one_gets_the_calendar():
    assert 'type="date" id="q-date"' in _page(fields_of(SECTION, {"date": "2027-02-28"}))


def test_questions_that_are_not_open_are_locked():
    fields = fields_of(SECTION, {}, open_questions=frozenset({"number"}))

    assert {field.question.code for field in fields if not field.is_locked} == {"number"}


@pytest.mark.django_db
def test_a_kept_file_is_shown_with_its_link():
    upload = UploadFactory()

    page = _page(fields_of(SECTION, {"file": upload.code}, uploads={upload.code: upload}))

    assert 'href="/file"' in page
    assert "offer.pdf" in page


def test_sentences_found_elsewhere_stand_beside_the_field():
    fields = fields_of(
        SECTION,
        {},
        said={"file": ["Too large."]},
        found=[Problem("number", Reason.MISSING)],
        currency="TND",
    )

    said = {field.question.code: field.problems for field in fields if field.problems}
    assert said == {"file": ("Too large.",), "number": ("This needs an answer.",)}


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            Problem("q", Reason.TOO_LONG, "1500", "1512"),
            "At most 1,500 characters; there are 1,512.",
        ),
        (Problem("q", Reason.TOO_EARLY, "2027-01-01"), "Not before 1 January 2027."),
        (Problem("q", Reason.TOO_FEW, "2"), "Choose at least 2."),
        (
            Problem("q", Reason.NO_SUCH_DAY, given="50%"),
            "“50%” is no day of the calendar.",
        ),
    ],
)
def test_a_problem_is_a_sentence_with_its_figures(problem, said):
    assert problem_words(problem) == said


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (Kind.MONEY, "3000.00", "€3,000"),
        (Kind.NUMBER, "1200.5", "1,200.5"),
        (Kind.DATE, "2027-02-28", "28 February 2027"),
        (Kind.COUNTRY, "TN", "Tunisia"),
        (Kind.DECLARATION, True, "Declared"),
        (Kind.DECLARATION, False, ""),
        (Kind.SIGNATURE, {"name": "Amal"}, "Amal"),
        (Kind.CHOICES, ["a", "b"], "A, B"),
        (Kind.CHOICE, "b", "B"),
        (Kind.SHORT_TEXT, "text", "text"),
        (Kind.SHORT_TEXT, None, ""),
    ],
)
def test_a_value_is_said_in_words(kind, value, said):
    options = [option("a"), option("b")] if kind in {Kind.CHOICE, Kind.CHOICES} else []
    asked = form_from(schema(section("s", question("q", kind.value, option=options)))).questions[0]

    assert said_value(asked, value) == said


def test_an_answer_for_reading_names_its_options_and_problems():
    asked = form_from(
        schema(section("s", question("q", "choice", option=[option("a")])))
    ).questions[0]

    shown = answered(asked, "a", found=[Problem("q", Reason.MISSING), Problem("z", Reason.MISSING)])

    assert (shown.said, shown.options, shown.problems) == (
        "A",
        ({"en": "A"},),
        ("This needs an answer.",),
    )
    assert "needs an answer" in render_to_string("questionnaires/_answer.html", {"answer": shown})
