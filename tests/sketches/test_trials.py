"""Trials of a call: what an officer types, what the rules say, and that nothing of it counts."""

import pytest
from django.apps import apps

from fondaco.directory.models import Organisation
from fondaco.kernel.told import erase_everywhere, everything_about
from fondaco.questionnaires.rules.groups import Move
from fondaco.sketches.models import Sketch, Trial
from fondaco.sketches.rules.places import marked
from fondaco.sketches.selectors import checked
from fondaco.sketches.selectors.trials import trial_of, tried
from fondaco.sketches.services import keeping, standing
from fondaco.sketches.services import trials as services
from tests.desks.pages import browser_of, text_of
from tests.factories.directory import AT
from tests.factories.programmes import ProgrammeFactory, RoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day_of_building")]
TRIAL = "/en/calls/spring/build/trial/"
PROJECT, END = f"{TRIAL}parts/project/", f"{TRIAL}parts/end/"
SCRIPT = {"HX-Request": "true"}
OWN = {"sketches"}
"""The slice whose tables a trial may change."""


def rule(code, fact, test, value, **more):
    says = {"en": f"The condition {code} is met."}
    return {"code": code, "fact": fact, "test": test, "value": value, "says": says, **more}


def question(code, kind, **more):
    return {"code": code, "kind": kind, "label": {"en": code.capitalize()}, **more}


CALL = {
    "money": {"form": "share", "percent": 50, "amount": 60000, "least": 1000},
    "applications": {"most": 1},
    "quota": [
        {"code": "south", "fact": "organisation.country", "value": ["TN"], "most": 3, "least": 1}
    ],
    "rule": [
        rule("place", "organisation.country", "in", ["TN", "IT"], stops=True),
        rule("small", "organisation.size", "in", ["micro", "small"]),
        rule("trained", "training.completed", "is", value=True, of="winter"),
        rule("staff", "organisation.staff", "at-most", value=249),
        rule("fields", "organisation.ecosystems", "any-of", ["textile"]),
        rule("codes", "organisation.nace_21", "any-of", ["13", "14"]),
        rule("group", "answer.members", "at-least", value=2),
    ],
}
FORM = {
    "section": [
        {
            "code": "project",
            "title": {"en": "Project"},
            "question": [
                question("costs", "money", required=True),
                question("offer", "file", required=True),
                question(
                    "why",
                    "long-text",
                    required=True,
                    shown_when={
                        "condition": [{"of": "organisation.country", "test": "is", "value": "TN"}]
                    },
                ),
                question("members", "group", column=[question("name", "short-text")]),
            ],
        },
        {
            "code": "end",
            "title": {"en": "End"},
            "question": [
                question("honour", "declaration", required=True, text={"en": "It is true."}),
                question("signature", "signature", required=True, text={"en": "I may sign."}),
            ],
        },
    ]
}
FACTS = {
    "q-organisation-country": "TN",
    "q-organisation-size": "large",
    "q-training-completed--winter": "true",
    "q-organisation-staff": "12",
    "q-organisation-ecosystems": ["textile"],
    "q-organisation-nace_21": "13, 20",
}


@pytest.fixture
def sketch(spring):
    """The sketch of a call with rules of every sort, and a form with every sort of field."""
    sketch = keeping.opened_sketch(spring, at=AT)[0]
    call = sketch.content["call"] | CALL
    sketch.content = marked({**sketch.content, "call": call, "form": FORM})
    sketch.save()
    assert not checked(sketch).lacks
    return sketch


@pytest.fixture
def browser(officer):
    return browser_of(officer)


def found(sketch, officer):
    trial = trial_of(sketch, officer.pk) or Trial(sketch=sketch, person=officer, at=AT)
    return tried(sketch, checked(sketch).folder, trial, at=AT)


def shown(browser, address):
    return text_of(browser.get(address).content.decode())


def rows_everywhere():
    """How many rows each table has, but those of the builder and of sessions."""
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model._meta.app_label not in OWN and model._meta.app_label != "sessions"
    }


def filled_in(browser):
    browser.post(TRIAL, FACTS)
    sent = {"q-costs": "3 000", "q-offer": "yes", "q-why": "Because"}
    browser.post(PROJECT, {**sent, "q-members.first1": "1", "q-members.first1.name": "A"})
    browser.post(END, {"q-honour": "yes"})
    browser.post(END, {"q-honour": "yes", "sign": "signature"})


@pytest.mark.usefixtures("sketch")
def test_a_whole_trial_counts_nowhere(browser):
    before = rows_everywhere()
    filled_in(browser)
    result = shown(browser, f"{TRIAL}result/")
    receipt = shown(browser, f"{TRIAL}receipt/")

    assert "It could be sent: nothing is missing, and no rule stops it." in result
    assert "From €3,000, an award would come to €1,500." in result
    assert "Receipt TRIAL-spring" in receipt
    assert "proves nothing" in receipt
    assert "A file, counted as given" in receipt
    assert before["applications.Application"] == before["mail.Letter"] == 0
    assert rows_everywhere() == before
    assert Organisation.objects.count() == 0


def test_each_rule_has_its_verdict_and_why(sketch, browser, officer):
    filled_in(browser)
    verdicts = found(sketch, officer).verdicts

    assert {code: str(said) for code, said in verdicts.items()} == {
        "place": "met",
        "small": "not-met",
        "trained": "met",
        "staff": "met",
        "fields": "met",
        "codes": "met",
        "group": "not-met",
    }
    result = shown(browser, f"{TRIAL}result/")
    assert "Known: Large enterprise, from what you said of the imagined organisation." in result
    assert "Known: 1, from the applicant's answer in the form." in result


@pytest.mark.usefixtures("sketch")
def test_what_is_missing_or_stops_is_said_with_the_way_there(browser):
    empty = browser.get(f"{TRIAL}result/").content.decode()
    assert "It could not be sent" in empty
    assert f'href="{PROJECT}?check=1#q-costs"' in empty
    assert f'href="{PROJECT}?check=1#q-why"' not in empty
    assert browser.get(f"{TRIAL}receipt/").url == f"{TRIAL}result/"
    assert "This needs an answer." in shown(browser, f"{PROJECT}?check=1")

    filled_in(browser)
    browser.post(TRIAL, {**FACTS, "q-organisation-country": "DE"})
    stopped = shown(browser, f"{TRIAL}result/")
    assert "A condition of the call that stops a submission is not met." in stopped
    assert "Answers changed after the signature" in stopped


def test_pages_ask_what_the_rules_ask_and_keep_themselves(sketch, browser, officer):
    page = browser.get(TRIAL).content.decode()
    for name in FACTS:
        assert f'name="{name}"' in page
    assert 'type="file"' not in browser.get(PROJECT).content.decode()
    assert browser.post(TRIAL, FACTS).url == PROJECT

    answer = browser.post(PROJECT, {"q-costs": "12x"}, headers=SCRIPT)
    assert 'id="trial-state"' in answer.content.decode()
    wrong = browser.post(PROJECT, {"q-costs": "12x", "next": "1"})
    assert wrong.status_code == 422
    assert "“12x” is no number" in text_of(wrong.content.decode())
    assert browser.post(PROJECT, {"q-costs": "12"}).url == END
    assert browser.post(END, {"stay": "1"}).url == END
    assert browser.post(END, {}).url == f"{TRIAL}result/"
    assert found(sketch, officer).copy.answers["costs"] == "12"


def test_rows_of_a_group_come_and_go_without_script(sketch, browser, officer):
    added = browser.post(PROJECT, {"row": "add members"}).url
    trial = found(sketch, officer)
    row = added.partition("members.")[2].removesuffix("-row")
    assert trial.copy.answers[f"members.{row}"]
    services.change_rows(
        sketch.call_id, trial.form.question("members"), Move.REMOVE, row, by=officer, at=AT
    )
    assert found(sketch, officer).copy.answers[f"members.{row}"] == ""
    assert browser.post(PROJECT, {"row": "add costs"}).url == PROJECT
    assert browser.post(PROJECT, {"sign": "costs"}).url == PROJECT


@pytest.mark.usefixtures("sketch")
def test_begin_again_empties_and_undo_brings_back(browser):
    filled_in(browser)
    kept = Trial.objects.get()
    browser.post(f"{TRIAL}result/", {"do": "clear"})
    assert Trial.objects.get().answers == {}
    browser.post(f"{TRIAL}result/", {"do": "clear"})
    browser.post(TRIAL, {"do": "bring-back", "q-organisation-size": "micro"})
    back = Trial.objects.get()

    assert (back.answers, back.facts) == (kept.answers, kept.facts)
    browser.post(f"{TRIAL}result/", {"do": "bring-back"})
    assert Trial.objects.get().facts["organisation-size"] == "micro"


def test_the_trial_goes_with_its_sketch_and_with_its_person(sketch, bridge, browser, officer):
    RoleFactory(programme=bridge)
    filled_in(browser)
    assert everything_about(officer.pk)["sketches"]["trials"][0]["call"] == "spring"
    erase_everywhere(officer.pk)
    assert not Trial.objects.exists()
    services.keep_answers(sketch.call_id, {"costs": "1"}, by=officer, at=AT)
    standing.discard_draft(sketch.call_id, by=officer, at=AT)
    assert not Trial.objects.exists()


@pytest.mark.usefixtures("spring")
def test_where_the_sketch_has_no_form_the_page_says_what_is_missing(browser, officer):
    assert "has no form yet" in shown(browser, TRIAL)
    assert browser.get(f"{TRIAL}result/").url == TRIAL
    assert browser.get(PROJECT).url == TRIAL
    call = Sketch.objects.get().call_id
    keeping.add_row(call, "form.section", {}, code="section", by=officer, at=AT)
    assert "is still empty" in shown(browser, TRIAL)


@pytest.mark.usefixtures("sketch")
def test_nobody_else_sees_the_trial(bridge, browser):
    filled_in(browser)
    other = browser_of(RoleFactory(programme=bridge).person)
    stranger = browser_of(RoleFactory(programme=ProgrammeFactory()).person)

    assert "Because" not in shown(other, PROJECT)
    assert stranger.post(TRIAL, FACTS).status_code == 404
    assert browser.get(f"{TRIAL}parts/nothing/").status_code == 404
