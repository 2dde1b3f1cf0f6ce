"""The guide for applicants, parsed as its readers have it, against the fields of the call.

Both ways: every deadline, amount and threshold of the call stands in the guide, and the guide has
no date, no amount and no threshold that the call does not have.
"""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from fondaco.calls.states import Intake, Support
from fondaco.desks.selectors.guide import Bullets, Paragraph, guide_of
from fondaco.web import words
from tests.factories.calls import (
    CallFactory,
    CriterionFactory,
    ItemFactory,
    RuleFactory,
    StepFactory,
)
from tests.factories.programmes import ProgrammeFactory
from tests.factories.questionnaires import FormVersionFactory, option, question, schema, section

pytestmark = pytest.mark.django_db
OPENS, CLOSES = datetime(2031, 1, 8, 8, tzinfo=UTC), datetime(2031, 3, 14, 16, tzinfo=UTC)
CUT_OFF = datetime(2031, 2, 3, 16, tzinfo=UTC)
RESULTS = date(2031, 5, 21)
FORM = schema(
    section(
        "project",
        question("aim", "long-text", required=True, limit=1234),
        question("offer", "file", required=True, accepts=["pdf"], megabytes=7),
        question("topics", "choices", option=[option("training"), option("travel")]),
    )
)
MONEY = re.compile(r"€[\d,.]*\d")
DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ 20\d\d")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


NOW = datetime(2031, 2, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now():
    """The call is open."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def call():
    """A call with every kind of figure, none of them twice."""
    programme = ProgrammeFactory(
        ceiling={"amount": "61000"}, languages=["en"], question_rule={"answer_within": 11}
    )
    found = CallFactory(
        programme=programme,
        title={"en": "Harbours"},
        form=FormVersionFactory(schema=FORM),
        intake=Intake.CUT_OFFS,
        cut_offs=[CUT_OFF.isoformat()],
        opens_at=OPENS,
        closes_at=CLOSES,
        published_at=OPENS - timedelta(days=30),
        support=Support.MENU,
        amount_cents=None,
        total_cents=850_000_00,
        least_cents=1_500_00,
        ceiling_cents=40_000_00,
        most_items=2,
        places=17,
        experts=3,
        threshold=71,
        tie_breaks=["impact", "earliest"],
        redress_days=29,
        redress_answer_days=58,
        completion_days=6,
        per_organisation=4,
        counts_working_days=True,
        weekend=["saturday", "sunday"],
        holidays=[{"on": "2031-02-24", "reason": {}}],
        question_rule={"ask_until": 15, "answer_until": 7},
    )
    ItemFactory(call=found, name={"en": "Advice"}, amount_cents=3_000_00)
    ItemFactory(call=found, name={"en": "Travel"}, amount_cents=8_250_00)
    found.envelopes.create(
        position=1, code="south", fact="organisation.country", value=["TN"], most_cents=99_000_00,
        least_cents=12_000_00,
    )  # fmt: skip
    found.quotas.create(position=1, code="tn", fact="organisation.country", value=["TN"], most=13)
    RuleFactory(call=found, proof={"en": "An extract of the register."}, stops=True)
    StepFactory(call=found, on=RESULTS)
    CriterionFactory(call=found, code="impact", name={"en": "Impact"}, points=45, threshold=27)
    CriterionFactory(call=found, code="means", name={"en": "Means"}, points=55, threshold=33)
    return found


def amounts_of(call):
    """Every amount that the fields of the call and its programme have."""
    cents = [call.total_cents, call.least_cents, call.ceiling_cents]
    cents += [one.amount_cents for one in call.items.all()]
    cents += [sum_ for one in call.envelopes.all() for sum_ in (one.most_cents, one.least_cents)]
    return {words.amount(one) for one in cents} | {words.amount(61_000_00)}


def days_of(call):
    """Every date: those of the fields, and those that are counted from them by hand."""
    asking, answers = date(2031, 2, 20), date(2031, 3, 5)  # 15 and 7 working days, 24 Feb is off
    kept = [OPENS.date(), CUT_OFF.date(), CLOSES.date(), RESULTS, date(2031, 2, 24)]
    return {words.day(one) for one in [*kept, asking, answers]}


def thresholds_of(call):
    return {"Impact": ("45", "27"), "Means": ("55", "33")}


def fetched(call, kind, language="en"):
    answer = Client().get(f"/{language}/calls/{call.code}/guide{kind}")
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content


def pdf_text(call):
    reader = PdfReader(BytesIO(fetched(call, ".pdf")))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def docx_text(call, language="en"):
    with ZipFile(BytesIO(fetched(call, ".docx", language))) as file:
        assert file.testzip() is None
        for name in file.namelist():
            ET.fromstring(file.read(name))  # noqa: S314
        body = ET.fromstring(file.read("word/document.xml"))  # noqa: S314
    lines = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p")]
    return " ".join(" ".join(lines).split())


def page_text(call):
    main = fetched(call, "/").decode().partition("<main")[2].partition("</main>")[0]
    html = re.sub(r"<[^>]+>", " ", main)
    return " ".join(html.replace("&nbsp;", " ").split())


@pytest.mark.parametrize("text_of", [pdf_text, docx_text, page_text])
def test_every_deadline_amount_and_threshold_is_that_of_the_rules_and_no_other(call, text_of):
    text, made_on = text_of(call), words.day(NOW.date())

    assert set(MONEY.findall(text)) == amounts_of(call)
    assert set(DAY.findall(text)) - {made_on} == days_of(call)
    for name, (points, threshold) in thresholds_of(call).items():
        assert re.search(rf"{name} .{{0,40}}?{points} {threshold}\b", text)
    assert re.findall(r"Overall at least (\d+) are needed", text) == ["71"]
    for said in (
        "3 evaluators read each application",
        "can be brought within 6 days",
        "questioned within 29 days",
        "answered within 58 days",
        "Each is answered within 11 days",
        "Each organisation may send 4 applications",
        "at most 2 of these services",
        "17 places",
        "At most 1,234 characters",
        "An extract of the register.",
        "7 MB",
    ):
        assert said in text


def test_a_changed_rule_changes_the_guide(call):
    call.criteria.filter(code="means").update(threshold=34)
    call.total_cents = 860_000_00
    call.save()

    text = docx_text(call)

    assert "55 34" in text
    assert "€860,000" in text
    assert "€850,000" not in text


def test_a_bare_call_has_no_empty_chapters():
    call = CallFactory(
        form=None, support=Support.NONE, amount_cents=None, experts=0, opens_at=None,
        closes_at=None, intake=Intake.ALWAYS,
    )  # fmt: skip
    guide = guide_of(call, at=OPENS)

    assert [str(part.title) for part in guide.parts] == [
        "What is paid",
        "How applications are judged",
    ]
    assert all(part.blocks for part in guide.parts)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {"support": Support.CEILING, "amount_cents": 7_000_00},
            "Up to €7,000 for each",
        ),
        ({"support": Support.FIXED, "amount_cents": 7_000_00}, "€7,000 for each applicant."),
        ({"support": Support.FIXED, "amount_cents": None}, "is not known"),
        ({"support": Support.SHARE, "percent": 70}, "70 % of the eligible costs"),
    ],
)
def test_each_form_of_money_is_said(more, said):
    guide = guide_of(CallFactory(**more), at=OPENS)

    texts = [
        str(text)
        for part in guide.parts
        for block in part.blocks
        for text in (
            [block.text] if isinstance(block, Paragraph)
            else block.items if isinstance(block, Bullets) else []
        )
    ]  # fmt: skip
    assert any(said in text for text in texts)


def test_in_arabic_it_runs_from_right_to_left_and_says_what_is_not_translated(call):
    with ZipFile(BytesIO(fetched(call, ".docx", "ar"))) as file:
        body = ET.fromstring(file.read("word/document.xml"))  # noqa: S314
    title = body.find(f".//{W}p")

    assert title.find(f".//{W}lang").get(f"{W}val") == "en"
    assert body.findall(f".//{W}bidiVisual")
    assert body.find(f".//{W}sectPr/{W}bidi") is not None
    with translation.override("ar"):
        assert guide_of(call, at=OPENS).language == "ar"


def test_the_same_guide_is_the_same_file(call):
    assert fetched(call, ".docx") == fetched(call, ".docx")


def test_a_draft_has_a_guide_for_its_officers_alone():
    assert (
        Client().get(f"/en/calls/{CallFactory(published_at=None).code}/guide/").status_code == 404
    )
