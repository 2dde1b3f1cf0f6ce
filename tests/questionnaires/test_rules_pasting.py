"""A pasted list of questions becomes questions to correct."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fondaco.questionnaires.rules.checks import faults
from fondaco.questionnaires.rules.pasting import form_of, questions_in
from fondaco.questionnaires.rules.schema import Kind, mistakes

ENGLISH = """
Section 1: Your organisation
1. Name of the organisation *
2. Number of employees
3. What is your sector?
   ☐ Tourism
   ☐ Agri-food
4. Which services do you need? (select all that apply)
   a) Audit
   b) Training
5. Are you a member of a cluster? (yes/no)

THE PROJECT
• Describe your project (max. 1,500 characters)
• Amount requested in EUR
• E-mail of the contact person
Please attach the offer of the provider (optional)
We declare that all of this is true.
"""
FRENCH = """
Partie A – Le projet
1) Pourquoi ce projet ? (2 000 caractères maximum) (obligatoire)
2) Nombre de bénéficiaires
3) Avez-vous déjà reçu une aide ? (oui/non)
4) Résumé (300 mots)
"""
ARABIC = """
القسم الأول: المشروع
١. صف المشروع (بحد أقصى ٥٠٠ حرف)
٢. عدد العاملين
٣. هل أنتم عضو في تجمع؟ (نعم/لا)
٤. البريد الإلكتروني
"""
TABLE = "No\tQuestion\tLimit\n1\tDescribe the impact\tmax 800 characters\n2\tCountry\t\n"


def test_an_english_list_is_read():
    found = questions_in(ENGLISH)

    assert [(one.kind, one.label) for one in found] == [
        (Kind.SHORT_TEXT, "Name of the organisation"),
        (Kind.NUMBER, "Number of employees"),
        (Kind.CHOICE, "What is your sector?"),
        (Kind.CHOICES, "Which services do you need? (select all that apply)"),
        (Kind.CHOICE, "Are you a member of a cluster?"),
        (Kind.LONG_TEXT, "Describe your project"),
        (Kind.MONEY, "Amount requested in EUR"),
        (Kind.EMAIL, "E-mail of the contact person"),
        (Kind.FILE, "Please attach the offer of the provider"),
        (Kind.DECLARATION, "We declare that all of this is true."),
    ]
    assert [one.section for one in found][::5] == ["Your organisation", "THE PROJECT"]
    assert found[2].options == ("Tourism", "Agri-food")
    assert found[3].options == ("Audit", "Training")
    assert (found[0].is_required, found[1].is_required, found[5].limit) == (True, False, 1500)


def test_a_french_list_is_read():
    found = questions_in(FRENCH)

    assert [one.kind for one in found] == [
        Kind.LONG_TEXT,
        Kind.NUMBER,
        Kind.CHOICE,
        Kind.LONG_TEXT,
    ]
    assert (found[0].label, found[0].limit, found[0].is_required) == (
        "Pourquoi ce projet?",
        2000,
        True,
    )
    assert (found[3].label, found[3].limit, found[3].words) == ("Résumé", None, 300)
    assert found[0].section == "Le projet"


def test_an_arabic_list_is_read():
    found = questions_in(ARABIC)

    assert [one.kind for one in found] == [
        Kind.LONG_TEXT,
        Kind.NUMBER,
        Kind.CHOICE,
        Kind.EMAIL,
    ]
    assert (found[0].label, found[0].limit) == ("صف المشروع", 500)
    assert found[2].label == "هل أنتم عضو في تجمع؟"
    assert {one.section for one in found} == {"المشروع"}


def test_a_table_is_read_row_by_row():
    found = questions_in(TABLE)[-2:]

    assert [(one.number, one.kind, one.limit) for one in found] == [
        ("1", Kind.LONG_TEXT, 800),
        ("2", Kind.COUNTRY, None),
    ]


def test_numbers_below_a_number_make_it_a_part():
    found = questions_in("1. The team\n1.1 Who leads it?\n1.2 Who pays?\n")

    assert [(one.section, one.number, one.label) for one in found] == [
        ("The team", "1.1", "Who leads it?"),
        ("The team", "1.2", "Who pays?"),
    ]


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (FRENCH, "fr"), (ARABIC, "ar")])
def test_what_is_read_is_a_form(text, language):
    data = form_of(questions_in(text), language=language, title="The form")

    assert mistakes(data) == []
    assert faults(data) == []
    codes = [one["code"] for part in data["section"] for one in part["question"]]
    assert len(codes) == len(set(codes))


LINES = st.lists(
    st.one_of(
        st.sampled_from([*ENGLISH.splitlines(), *ARABIC.splitlines(), *TABLE.splitlines()]),
        st.text(max_size=40),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(LINES)
def test_whatever_is_pasted_gives_a_form_or_nothing(lines):
    found = questions_in("\n".join(lines))
    if found:
        assert mistakes(form_of(found, language="en", title="The form")) == []
