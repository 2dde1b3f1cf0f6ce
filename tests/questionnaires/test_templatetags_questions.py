"""A question on the page: kept in memory while nobody answered, and never with an answer."""

from dataclasses import replace

import pytest
from django.template import Context, Template
from django.utils import translation

from fondaco.questionnaires.phrases.fields import fields_of
from fondaco.questionnaires.rules.schema import form_from
from fondaco.questionnaires.rules.visibility import Known
from fondaco.questionnaires.templatetags import questions
from tests.factories.questionnaires import question, schema, section

PAGE = Template("{% load questions %}{% question_field field %}")


@pytest.fixture(autouse=True)
def nothing_kept():
    questions._kept.clear()
    yield
    questions._kept.clear()


@pytest.fixture
def form():
    made = (question("aim", "short-text", limit=40), question("price", "money"))
    return form_from(schema(section("project", *made, question("offer", "file"))))


def shown(field, **context):
    return PAGE.render(Context({"field": field, **context}))


def field_of(form, code, answers=None, **more):
    fields = fields_of(form.section("project"), answers or {}, **more)
    return next(field for field in fields if field.question.code == code)


def test_a_question_nobody_answered_is_written_once(form, monkeypatch):
    first = shown(field_of(form, "aim"))
    monkeypatch.setattr(questions, "_rendered", None)

    assert shown(field_of(form, "aim")) == first
    assert 'name="q-aim"' in first


def test_an_answer_is_shown_and_not_kept(form):
    shown(field_of(form, "aim"))
    answered = shown(field_of(form, "aim", {"aim": "Our <secret>"}))

    assert "Our &lt;secret&gt;" in answered
    assert "secret" not in shown(field_of(form, "aim"))
    assert "secret" not in str(questions._kept)


def test_problems_languages_currencies_and_locks_are_told_apart(form):
    plain = shown(field_of(form, "price"))
    locked = shown(field_of(form, "price", open_questions=frozenset()))
    dear = shown(field_of(form, "price", currency="MAD"))
    wrong = shown(field_of(form, "price", said={"price": ["Too dear."]}))
    with translation.override("fr"):
        french = shown(field_of(form, "price"))

    assert len({plain, locked, dear, wrong, french}) == 5
    assert shown(field_of(form, "price")) == plain


def test_a_file_is_of_its_application_and_never_kept(form):
    shown(field_of(form, "offer"))

    assert questions._kept == {}


def test_another_question_of_the_same_number_is_not_taken_for_it(form):
    field = field_of(form, "aim")
    shown(field)
    other = replace(field, question=replace(field.question, code="other"))
    questions._kept[(id(other.question), "en", "", False)] = next(iter(questions._kept.values()))

    assert 'name="q-other"' in shown(other)


def test_no_more_than_so_many_are_kept(form, monkeypatch):
    monkeypatch.setattr(questions, "MOST_KEPT", 1)
    for code in ("aim", "price", "aim"):
        shown(field_of(form, code))

    assert len(questions._kept) == 1


def test_personal_data_says_what_for_and_until_when():
    mark = {"purpose": {"en": "To invite the person."}, "months": 6}
    made = form_from(schema(section("project", question("contact", personal=mark))))

    with translation.override("en"):
        page = shown(field_of(made, "contact"))

    assert "To invite the person. It is removed 6 months after the call has closed." in page


def test_a_question_under_a_condition_is_in_the_page_and_never_kept_in_memory():
    when = {"condition": [{"of": "host", "test": "is", "value": "yes"}]}
    made = form_from(
        schema(section("project", question("host"), question("rooms", shown_when=when)))
    )
    known = Known({"rooms": ("host",)}, {})

    hidden = shown(field_of(made, "rooms", known=known))
    open_now = shown(field_of(made, "rooms", known=Known({}, {"host": "yes"})))

    assert 'hidden><input type="hidden" name="showed" value="rooms" disabled>' in hidden
    assert "[&quot;host&quot;, &quot;is&quot;, [&quot;yes&quot;]" in hidden
    assert 'name="showed" value="rooms">' in open_now
    assert questions._kept == {}
