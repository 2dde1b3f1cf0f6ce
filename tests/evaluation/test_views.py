"""Pages: what each shows and does, how many questions it asks, and what it never shows."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fondaco.applications.services.sending import withdraw_application
from fondaco.evaluation.models import Assignment, Decision, Mark, PanelSeat, Ranking
from fondaco.evaluation.services.decisions import propose_decision
from fondaco.evaluation.services.rankings import make_ranking
from fondaco.evaluation.states import Group
from fondaco.programmes.states import RoleKind
from tests.factories import evaluation as made
from tests.factories.directory import AT
from tests.factories.documents import PDF, UploadFactory

pytestmark = pytest.mark.django_db


def signed_in(person, *, ago=0):
    """A browser in which the person signed in with a second factor, so many seconds ago."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    moment = time.time() - ago
    session["account_authentication_methods"] = [
        {"method": "password", "at": moment},
        {"method": "mfa", "at": moment, "type": "totp"},
    ]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def at(name, *args):
    return reverse(f"evaluation:{name}", args=args)


def page(client, name, *args, **query):
    response = client.get(at(name, *args), query)
    assert response.status_code == 200
    return response.content.decode()


def post(client, name, *args, **data):
    response = client.post(at(name, *args), data)
    assert response.status_code == 302
    return response


def test_an_officer_seats_and_unseats_evaluators():
    call = made.graded_call()
    client = signed_in(made.officer_of(call))
    person = made.with_role(call.programme, RoleKind.EVALUATOR)

    assert str(person) in page(client, "panel", call.code, search=person.name)
    assert "Files at most" in page(client, "seat", call.code, person=person.pk)
    post(client, "seat", call.code, person=person.pk, most=4)
    assert PanelSeat.objects.get().most == 4
    post(client, "unseat", call.code, person.pk)
    assert PanelSeat.objects.get().until is not None


def test_the_panel_says_who_is_tied_and_sorts_by_load():
    call = made.graded_call()
    client = signed_in(made.officer_of(call))
    file = made.sent(call)
    person = made.evaluator_on(call)
    PanelSeat.objects.get().tied_to.add(file.organisation)

    assert "declared to be tied" in page(client, "panel", call.code, sort="load")
    assert str(person) in page(client, "panel", call.code, sort="-load")


def test_files_are_given_spread_and_taken_back():
    call = made.graded_call()
    client = signed_in(made.officer_of(call))
    person, file = made.evaluator_on(call), made.sent(call)

    assert file.code in page(client, "spread", call.code)
    post(client, "spread", call.code, due_on="2026-12-24")
    given = Assignment.objects.get()
    assert (given.evaluator_id, str(given.due_on)) == (person.pk, "2026-12-24")
    post(client, "release", call.code, given.pk)
    post(client, "give", call.code, application=file.code, person=person.pk)
    given.refresh_from_db()
    assert given.state == "assigned"
    assert "Nothing to give" in page(client, "spread", call.code)
    assert file.code not in page(client, "assign", call.code, shows="lacking")
    assert str(person) in page(client, "assign", call.code, search=file.code)


@pytest.mark.parametrize(
    ("weekend", "is_told"), [(["friday", "saturday"], True), (["saturday", "sunday"], False)]
)
def test_a_day_off_is_pointed_out_and_kept(weekend, is_told):
    call = made.graded_call(weekend=weekend)
    client = signed_in(made.officer_of(call))
    person, file = made.evaluator_on(call), made.sent(call)
    warned = "Friday is no working day of this programme."

    post(client, "spread", call.code, due_on="2026-12-25")
    assert (warned in page(client, "assign", call.code)) is is_told
    post(client, "release", call.code, Assignment.objects.get().pk)
    post(client, "give", call.code, application=file.code, person=person.pk, due_on="2026-12-25")

    assert (warned in page(client, "assign", call.code)) is is_told
    assert str(Assignment.objects.get().due_on) == "2026-12-25"


def test_what_somebody_else_did_first_is_said():
    call = made.graded_call()
    client = signed_in(made.officer_of(call))
    gone = made.assigned(made.sent(call), made.evaluator_on(call), state="released")

    post(client, "release", call.code, gone.pk)
    post(client, "give", call.code, application=gone.application.code, person="")

    assert "Somebody else was faster" in page(client, "assign", call.code)


def test_a_refusal_says_all_its_reasons_on_the_next_page():
    call = made.graded_call()
    client = signed_in(made.officer_of(call))
    person, file = made.evaluator_on(call), made.sent(call)
    made.assigned(file, person)

    post(client, "give", call.code, application=file.code, person=person.pk)

    assert "This evaluator has the file already." in page(client, "assign", call.code)


def test_progress_counts_files_and_reopens_locked_ones():
    call = made.graded_call()
    client = signed_in(made.officer_of(call))
    person = made.evaluator_on(call)
    kept = made.locked(made.sent(call), person, relevance=30, quality=30)
    back = made.assigned(made.sent(call), person, state="conflicted", conflict_why="My sister.")

    text = page(client, "progress", call.code, sort="-left")
    assert (str(person) in text, back.application.code in text, "My sister." in text) == (
        True,
        True,
        True,
    )
    assert "Reopen marks" in page(client, "reopen", call.code, kept.pk)
    post(client, "reopen", call.code, kept.pk, why="A mistake.")
    kept.refresh_from_db()
    assert kept.state == "accepted"


SECRET_MARK, SECRET_COMMENT = "37.5", "not for anybody yet"


def test_marks_that_are_not_locked_appear_on_no_page_export_or_count():
    call = made.graded_call()
    person, file = made.evaluator_on(call), made.sent(call)
    kept = made.marked(
        made.assigned(file, person, state="accepted", comment=SECRET_COMMENT),
        relevance=SECRET_MARK,
    )
    Mark.objects.update(comment=SECRET_COMMENT)
    officer = made.officer_of(call)
    make_ranking(call.pk, by=officer, at=AT)

    for reader in (officer, made.decider_of(call)):
        client = signed_in(reader)
        for name in ("panel", "assign", "progress", "ranking", "decisions"):
            text = client.get(at(name, call.code)).content.decode()
            assert SECRET_MARK not in text
            assert SECRET_COMMENT not in text
        export = client.get(at("ranking-export", call.code, 1)).content.decode()
        assert SECRET_MARK not in export
        assert SECRET_COMMENT not in export
    ranking = Ranking.objects.get()
    assert SECRET_MARK not in f"{ranking.facts} {ranking.lines}"
    assert kept.state == "accepted"


def test_no_evaluator_sees_the_marks_of_another():
    call = made.graded_call()
    mine, other = made.evaluator_on(call), made.evaluator_on(call)
    file = made.sent(call)
    made.assigned(file, mine, state="accepted")
    kept = made.locked(file, other, relevance=SECRET_MARK)
    Mark.objects.update(comment=SECRET_COMMENT)
    client = signed_in(mine)

    for name, args in (("desk", ()), ("file", (file.code,)), ("lock", (file.code,))):
        text = page(client, name, *args)
        assert SECRET_MARK not in text
        assert SECRET_COMMENT not in text
        assert str(other) not in text
    assert client.get(at("ranking", call.code)).status_code == 403
    assert kept.state == "locked"


def test_the_desk_says_what_is_left_or_that_nothing_waits():
    call = made.graded_call()
    person = made.evaluator_on(call)
    client = signed_in(person)
    assert "No file waits for you" in page(client, "desk")

    file = made.sent(call)
    made.assigned(file, person, due_on=AT.date())

    text = page(client, "desk")
    assert (file.code in text, "1 file is left" in text) == (True, True)


def test_before_acceptance_no_answer_is_shown():
    call = made.graded_call()
    person, file = made.evaluator_on(call), made.sent(call)
    made.assigned(file, person)
    client = signed_in(person)

    before = page(client, "file", file.code)
    post(client, "accept", file.code)
    after = page(client, "file", file.code)

    assert ("We need it." in before, "We need it." in after) == (False, True)
    assert file.organisation.name in before


def test_a_conflict_gives_the_file_back():
    call = made.graded_call()
    person, file = made.evaluator_on(call), made.sent(call)
    kept = made.assigned(file, person)
    client = signed_in(person)

    assert "conflict" in page(client, "conflict", file.code)
    assert client.post(at("conflict", file.code), {"why": ""}).status_code == 200
    post(client, "conflict", file.code, why="My brother.")

    kept.refresh_from_db()
    assert kept.state == "conflicted"
    assert client.get(at("file", file.code)).status_code == 403


def in_work(**more):
    call = made.graded_call(**more)
    person, file = made.evaluator_on(call), made.sent(call)
    kept = made.assigned(file, person, state="accepted")
    return signed_in(person), file, kept


def test_marks_are_saved_while_typing_and_faults_are_said_beside():
    client, file, _kept = in_work()

    response = client.post(
        at("marks", file.code),
        {"mark-relevance": "40", "comment-relevance": "Good.", "mark-quality": "51"},
        headers={"HX-Request": "true"},
    )

    text = response.content.decode()
    assert list(Mark.objects.values_list("criterion", "comment")) == [("relevance", "Good.")]
    assert "more than the criterion allows" in text
    assert 'id="fault-quality"' in text


def test_without_script_saving_leads_back_and_on_to_the_lock():
    client, file, kept = in_work()
    marks = {"mark-relevance": "40", "mark-quality": "30", "comment": "Fine."}

    assert post(client, "marks", file.code, **marks).url == at("file", file.code)
    assert post(client, "marks", file.code, **marks, lock="yes").url == at("lock", file.code)
    wrong = marks | {"mark-quality": "x"}
    assert post(client, "marks", file.code, **wrong, lock="yes").url == at("file", file.code)
    assert "This is not a number." in page(client, "file", file.code)
    assert "Lock these marks?" in page(client, "lock", file.code)
    assert post(client, "lock", file.code).url == at("desk")
    kept.refresh_from_db()
    assert (kept.state, kept.comment) == ("locked", "Fine.")
    assert "Your marks are locked." in page(client, "file", file.code)
    assert client.post(at("marks", file.code), marks).status_code == 403


def test_a_lock_that_lacks_marks_says_which():
    client, file, _kept = in_work()

    assert post(client, "lock", file.code).url == at("file", file.code)

    assert "Relevance: There is no mark yet." in page(client, "file", file.code)


def test_the_scale_of_words_is_chosen_from():
    client, file, _kept = in_work(scale="0-5")

    text = page(client, "file", file.code)

    assert ("Cannot be judged" in text, 'value="5"' in text) == (True, True)


def test_an_attachment_is_a_download():
    call = made.graded_call()
    person = made.evaluator_on(call)
    upload = UploadFactory.create()
    file = made.sent(call, files={"annex": {"code": upload.code}}, answers={"annex": upload.code})
    upload.owner = file.code
    upload.save()
    made.assigned(file, person, state="accepted")
    client = signed_in(person)

    assert at("attachment", file.code, upload.code) in page(client, "file", file.code)
    response = client.get(at("attachment", file.code, upload.code))

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")


def test_an_attachment_waits_for_the_search_for_viruses():
    call = made.graded_call()
    person = made.evaluator_on(call)
    upload = UploadFactory.create(scan="waiting")
    file = made.sent(call, files={"annex": {"code": upload.code}}, answers={"annex": upload.code})
    upload.owner = file.code
    upload.save()
    made.assigned(file, person, state="accepted")
    client = signed_in(person)

    assert "Being checked for viruses" in page(client, "file", file.code)
    assert client.get(at("attachment", file.code, upload.code)).status_code == 403


def ranked_call():
    call = made.graded_call()
    person = made.evaluator_on(call)
    files = [made.sent(call) for _ in range(4)]
    for file, mark in zip(files, (48, 45, 40, 20), strict=True):
        made.locked(file, person, relevance=mark, quality=mark)
    return call, files


def test_the_ranking_says_every_step_and_draws_the_line_of_the_money():
    call, files = ranked_call()
    client = signed_in(made.officer_of(call))
    assert "There is no ranking yet" in page(client, "ranking", call.code)

    post(client, "ranking", call.code)
    text = page(client, "ranking", call.code)

    assert (
        text.index(files[1].code)
        < text.index("the reserve list begins")
        < text.index(files[2].code)
    )
    assert "the list is the same" in text
    assert "below the threshold of 25" in text
    assert "here the money ends" in text
    only = page(client, "ranking", call.code, search=files[0].code)
    assert (files[0].code in only, files[1].code in only) == (True, False)
    assert "Ranking 1" in page(client, "ranking-numbered", call.code, 1)


def test_the_export_has_exact_scores_and_no_formulas():
    call, files = ranked_call()
    files[0].organisation.name = "=SUM(A1)"
    files[0].organisation.save()
    client = signed_in(made.officer_of(call))
    post(client, "ranking", call.code)

    rows = client.get(at("ranking-export", call.code, 1)).content.decode("utf-8-sig").splitlines()

    assert rows[0].startswith("place,application,group,reserve_position,organisation")
    assert rows[1].startswith(f"1,{files[0].code},awarded,,'=SUM(A1),FR,96,40000.00,EUR,48,48,")


def test_two_deciders_confirm_on_the_page():
    call, _files = ranked_call()
    first, second = made.decider_of(call), made.decider_of(call)
    make_ranking(call.pk, by=first, at=AT)

    post(signed_in(first), "propose", call.code, reserve=1)
    decision = Decision.objects.get()
    text = page(signed_in(first), "decision", call.code, decision.code)
    assert "You have said yes already" in text
    assert "one more person who decides" in text
    assert "Say yes" in page(signed_in(second), "decision", call.code, decision.code)
    post(signed_in(second), "approve", call.code, decision.code)

    decision.refresh_from_db()
    assert decision.state == "confirmed"
    assert decision.code in page(signed_in(first), "decisions", call.code)


def test_saying_yes_needs_a_fresh_sign_in():
    call, _files = ranked_call()
    first, second = made.decider_of(call), made.decider_of(call)
    make_ranking(call.pk, by=first, at=AT)
    decision = propose_decision(call.pk, by=first, at=AT)
    client = signed_in(second, ago=3600)

    response = client.post(at("approve", call.code, decision.code))

    decision.refresh_from_db()
    assert (response.status_code, decision.state) == (302, "proposed")
    assert "reauthenticate" in response.url


def test_a_decision_is_given_up_with_a_reason():
    call, _files = ranked_call()
    officer = made.officer_of(call)
    make_ranking(call.pk, by=officer, at=AT)
    decision = propose_decision(call.pk, by=officer, at=AT)
    client = signed_in(officer)

    post(client, "drop", call.code, decision.code, why="")
    post(client, "drop", call.code, decision.code, why="A file was overlooked.")

    decision.refresh_from_db()
    assert decision.state == "dropped"


def test_one_application_is_decided_by_itself():
    call = made.graded_call(experts=0, decided_by="one", intake="always")
    client = signed_in(made.officer_of(call))
    file = made.sent(call)

    assert file.code in page(client, "decisions", call.code)
    assert file.code in page(client, "single", call.code, file.code)
    no_reason = client.post(at("single", call.code, file.code), {"group": Group.NOT_ELIGIBLE})
    assert "Say why." in no_reason.content.decode()
    post(client, "single", call.code, file.code, group=Group.AWARDED, why="Welcome.")

    assert file.outcomes.get().is_final


QUERIES = {"panel": 21, "assign": 20, "progress": 12, "ranking": 23, "decisions": 18, "desk": 4}


@pytest.mark.parametrize("files", [1, 3])
@pytest.mark.parametrize("name", QUERIES)
def test_a_list_asks_as_much_for_three_as_for_one(name, files, django_assert_num_queries):
    call = made.graded_call()
    person = made.evaluator_on(call)
    for _ in range(files - 1):
        made.evaluator_on(call)
    for _ in range(files):
        made.locked(made.sent(call), person, relevance=30, quality=30)
    officer = made.officer_of(call)
    make_ranking(call.pk, by=officer, at=AT)
    client = signed_in(person if name == "desk" else officer)
    client.get(at(name, *([] if name == "desk" else [call.code])))

    with django_assert_num_queries(QUERIES[name]):
        client.get(at(name, *([] if name == "desk" else [call.code])))


def test_before_the_deadline_the_pages_say_until_when():
    call = made.graded_call(closes_at=timezone.now() + timedelta(days=1))
    client = signed_in(made.officer_of(call))
    made.sent(call)

    ranking, decisions = page(client, "ranking", call.code), page(client, "decisions", call.code)
    made_one = client.post(at("ranking", call.code), follow=True).content.decode()

    assert "The call is still open until" in ranking
    assert "The call is still open until" in decisions
    assert "Make the ranking" not in ranking
    assert "until its deadline everybody may correct" in made_one


def test_the_officer_sees_that_a_reserve_can_move_up():
    call = made.graded_call(places=1)
    client = signed_in(made.officer_of(call))
    award, reserve = made.sent(call), made.sent(call)
    made.decided(award, amount_cents=40_000_00)
    made.decided(reserve, Group.RESERVE, position=1, amount_cents=40_000_00)
    before = page(client, "decisions", call.code)

    withdraw_application(award.pk, why="We merge.", by=award.started_by, at=AT)

    after = page(client, "decisions", call.code)
    assert ("A reserve can move up" in before, "A reserve can move up" in after) == (False, True)
    assert f"{reserve.code}, {reserve.organisation.name}, is the first" in after
