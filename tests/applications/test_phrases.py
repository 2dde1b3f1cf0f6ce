"""What was told, in the words of people; and facts from the form."""

import pytest
from django.utils import translation

from fondaco.applications import phrases
from fondaco.applications.facts import told_by_answer
from fondaco.applications.models import SectionAnswers
from fondaco.applications.rules.admission import Reason as AdmissionReason
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.rules.submission import Reason
from fondaco.applications.states import Verdict
from fondaco.calls.rules.opening import Reason as CallReason
from fondaco.kernel.facts import Told
from fondaco.questionnaires.rules.schema import form_from
from tests.factories.applications import FORM
from tests.factories.directory import AT


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        ("organisation.country", "TN", "Tunisia"),
        ("organisation.size", "micro", "Micro enterprise"),
        ("organisation.ecosystems", ("tourism", "x"), "Tourism, x"),
        ("answer.members", "12", "12"),
        ("training.completed", True, "yes"),
        ("training.completed", False, "no"),
        ("membership.active", None, "—"),
        ("organisation.ecosystems", [], "—"),
    ],
)
def test_what_was_told_is_said_in_words(fact, value, said):
    assert phrases.told_words(fact, value) == said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("form", "the applicant's answer in the form"),
        ("organisation atelier", "the organisation's entry in the directory"),
        ("a register", "a register"),
        ("", "nobody"),
    ],
)
def test_who_told_is_named(source, said):
    assert phrases.source_words(source) == said


def test_every_reason_has_its_sentence():
    given = [Reason.INCOMPLETE, AdmissionReason.WHY_NEEDED, CallReason.CLOSED, "something"]

    assert phrases.reason_words(given) == [
        "Something that must be answered is missing.",
        "Give a reason.",
        "The call has closed.",
        "something",
    ]
    assert set(phrases.VERDICTS) == set(phrases.VERDICT_TONES) == set(Verdict)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("members", Told("12", "form", AT)),
        ("topics", Told(("training",), "form", AT)),
        ("honour", Told(True, "form", AT)),
        ("signature", Told("Amal", "form", AT)),
        ("aim", Told(None, "form", AT)),
    ],
)
def test_the_form_tells_what_it_declares(question, told):
    answers = {
        "members": "12",
        "topics": ["training"],
        "honour": "yes",
        "signature": {"name": "Amal"},
    }

    assert told_by_answer(Copy(form_from(FORM), answers), question, at=AT) == told


def test_rows_name_themselves():
    assert str(SectionAnswers(application_id=1, section="end")) == "1 end"
