"""Every list of the house: paged at 25, sorted, searched without accents, and exported."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from fondaco.directory.models import Person
from fondaco.evaluation.services.rankings import make_ranking
from fondaco.evaluation.states import DecisionState, Group
from fondaco.incidents.models import Attempt, Claim, Minute
from fondaco.programmes.states import RoleKind
from tests.directory.work import enter
from tests.factories import evaluation as made
from tests.factories.applications import ApplicationFactory, open_call
from tests.factories.calls import CallFactory
from tests.factories.directory import (
    AT,
    JoinRequestFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
)
from tests.factories.mail import LetterFactory, ReleasedLetterFactory
from tests.factories.programmes import ProgrammeFactory, RoleFactory
from tests.factories.training import course, place

pytestmark = pytest.mark.django_db
CODE = Path(__file__).resolve().parents[2] / "fondaco"
ROWS, MOST = 26, 25
NAMES = [*(f"Invented {number:02}" for number in range(ROWS - 1)), "=cmd Écluse"]
Made = tuple[Person, str]


@dataclass(frozen=True)
class ListPage:
    """A list: how 26 rows of it come about, where it stands, what its page calls it."""

    name: str
    template: str
    build: Callable[[], Made]
    called: str = "list"
    most: int = MOST


def _organisations() -> list[Any]:
    return [OrganisationFactory(name=name) for name in NAMES]


def _sent(**more: Any) -> tuple[Any, list[Any]]:
    call = made.graded_call(**more)
    return call, [made.sent(call, organisation=one) for one in _organisations()]


def _at(name: str, *args: object) -> str:
    return reverse(name, args=args)


def _office() -> Made:
    call, _files = _sent()
    return made.officer_of(call), _at("applications:office", call.code)


def _colleagues() -> Made:
    organisation: Any = OrganisationFactory()
    for name in NAMES[1:]:
        PostFactory(organisation=organisation, person=PersonFactory(name=name))
    admin: Any = PostFactory(
        organisation=organisation, person=PersonFactory(name=NAMES[0]), is_admin=True
    )
    return admin.person, _at("directory:colleagues", organisation.code)


def _requests() -> Made:
    for one in _organisations():
        JoinRequestFactory(organisation=one, asks_to_run=True)
    person: Any = PersonFactory(is_installation_admin=True)
    return person, _at("directory:requests")


def _team() -> Made:
    programme: Any = ProgrammeFactory()
    for name in NAMES[1:]:
        RoleFactory(programme=programme, kind=RoleKind.EVALUATOR, person__name=name)
    officer: Any = RoleFactory(programme=programme, person__name=NAMES[0])
    return officer.person, _at("desks:team", programme.code)


def _letters() -> Made:
    person: Any = PersonFactory()
    for name in NAMES:
        ReleasedLetterFactory(to=person, subject=name)
    return person, _at("desks:letters")


def _applications() -> Made:
    post: Any = PostFactory()
    for name in NAMES:
        ApplicationFactory(organisation=post.organisation, call=open_call(title={"en": name}))
    return post.person, _at("desks:home")


def _waits() -> Made:
    post: Any = PostFactory()
    closes = timezone.now() + timedelta(days=9)
    for name in NAMES:
        call = open_call(title={"en": name}, closes_at=closes)
        ApplicationFactory(organisation=post.organisation, call=call)
    return post.person, _at("desks:home")


def _titled() -> Any:
    programme: Any = ProgrammeFactory()
    for name in NAMES:
        CallFactory(programme=programme, title={"en": name})
    return programme


def _calls() -> Made:
    _titled()
    person: Any = PersonFactory()
    return person, _at("desks:calls")


def _run() -> Made:
    programme = _titled()
    return made.with_role(programme, RoleKind.OFFICER), _at("desks:run", programme.code)


def _results() -> Made:
    programme = _titled()
    return made.with_role(programme, RoleKind.OBSERVER), _at("desks:results", programme.code)


def _desk() -> Made:
    call, files = _sent()
    evaluator = made.evaluator_on(call)
    for file in files:
        made.assigned(file, evaluator)
    return evaluator, _at("evaluation:desk")


def _seated() -> Made:
    call = made.graded_call()
    for name in NAMES:
        Person.objects.filter(pk=made.evaluator_on(call).pk).update(name=name)
    return made.officer_of(call), _at("evaluation:panel", call.code)


def _others() -> Made:
    call = made.graded_call()
    for name in NAMES:
        evaluator = made.with_role(call.programme, RoleKind.EVALUATOR)
        Person.objects.filter(pk=evaluator.pk).update(name=name)
    return made.officer_of(call), _at("evaluation:panel", call.code)


def _assign() -> Made:
    call, _files = _sent()
    return made.officer_of(call), _at("evaluation:assign", call.code)


def _spread() -> Made:
    call, _files = _sent()
    made.evaluator_on(call)
    return made.officer_of(call), _at("evaluation:spread", call.code)


def _progress() -> Made:
    call = made.graded_call()
    for name in NAMES:
        evaluator = made.evaluator_on(call)
        Person.objects.filter(pk=evaluator.pk).update(name=name)
        made.assigned(made.sent(call), evaluator)
    return made.officer_of(call), _at("evaluation:progress", call.code)


def _ranking() -> Made:
    call, files = _sent()
    evaluator, officer = made.evaluator_on(call), made.officer_of(call)
    for number, file in enumerate(files):
        made.locked(file, evaluator, relevance=24 + number, quality=30)
    make_ranking(call.pk, by=officer, at=AT)
    return officer, _at("evaluation:ranking", call.code)


def _decided(group: Group, **more: Any) -> tuple[Any, Any]:
    call, files = _sent()
    decision: Any = made.DecisionFactory(call=call, state=DecisionState.CONFIRMED, confirmed_at=AT)
    for number, file in enumerate(files, start=1):
        said = {"is_final": True, "place": number} | more
        if group == Group.RESERVE:
            said["position"] = number
        decision.outcomes.create(application=file, group=group, **said)
    return call, decision


def _decision() -> Made:
    call, decision = _decided(Group.AWARDED)
    return made.officer_of(call), _at("evaluation:decision", call.code, decision.code)


def _reserve() -> Made:
    call, _decision = _decided(Group.RESERVE)
    return made.officer_of(call), _at("evaluation:decisions", call.code)


def _renounced() -> Made:
    call, _decision = _decided(Group.AWARDED, renounced_at=AT, is_final=False)
    return made.officer_of(call), _at("evaluation:decisions", call.code)


def _decisions() -> Made:
    call = made.graded_call()
    for name in NAMES:
        decision: Any = made.DecisionFactory(call=call)
        person: Any = PersonFactory(name=name)
        decision.approvals.create(person=person, at=AT)
    return made.officer_of(call), _at("evaluation:decisions", call.code)


def _undecided() -> Made:
    call, _files = _sent()
    return made.officer_of(call), _at("evaluation:decisions", call.code)


def _outbox() -> Made:
    call = open_call(code="spring")
    for name in NAMES:
        LetterFactory(programme=call.programme, call=call.code, subject=name)
    return made.officer_of(call), _at("mail:outbox", call.code)


def _places() -> Made:
    call = course()
    for name in NAMES:
        place(call, PersonFactory(name=name))
    return made.officer_of(call), _at("training:places", call.code)


def _minutes() -> Made:
    now = timezone.now()
    call = open_call(closes_at=now + timedelta(days=1))
    for number, name in enumerate(NAMES):
        at = now - timedelta(minutes=number + 9)
        Minute.objects.create(at=at, status="down", milliseconds=number, why=name)
    return made.officer_of(call), _at("incidents:availability", call.code)


def _claims() -> Made:
    call = open_call(code="spring")
    for name in NAMES:
        late = ApplicationFactory(call=call, organisation=OrganisationFactory(name=name))
        Claim.objects.create(code=f"{late.code}-claim-1", application=late, text="Hung.", at=AT)
    return made.officer_of(call), _at("incidents:claims", call.code)


def _attempts() -> Made:
    call = open_call(code="spring")
    for number, name in enumerate(NAMES):
        late = ApplicationFactory(call=call, organisation=OrganisationFactory(name=name))
        tried = {"kind": "submit", "result": "late", "status": 302}
        Attempt.objects.create(request=f"{number:032}", application=late, at=AT, **tried)
    return made.officer_of(call), _at("incidents:attempts", call.code)


LISTS = [
    ListPage("applications of a call", "applications/office.html", _office),
    ListPage("colleagues", "directory/colleagues.html", _colleagues),
    ListPage("requests to run", "directory/requests.html", _requests),
    ListPage("team", "desks/team.html", _team),
    ListPage("letters to me", "desks/letters.html", _letters),
    ListPage("my applications", "desks/home.html", _applications, "applications"),
    ListPage("what waits", "desks/home.html", _waits, "waits"),
    ListPage("public calls", "desks/calls.html", _calls, most=24),
    ListPage("calls of a programme", "desks/run.html", _run),
    ListPage("results by call", "desks/results.html", _results),
    ListPage("my files", "evaluation/desk.html", _desk),
    ListPage("on the panel", "evaluation/panel.html", _seated, "seated"),
    ListPage("evaluators", "evaluation/panel.html", _others, "others"),
    ListPage("files", "evaluation/assign.html", _assign),
    ListPage("spread", "evaluation/spread.html", _spread),
    ListPage("progress", "evaluation/progress.html", _progress),
    ListPage("ranking", "evaluation/ranking.html", _ranking),
    ListPage("outcomes of a decision", "evaluation/decision.html", _decision),
    ListPage("decisions", "evaluation/decisions.html", _decisions, "made"),
    ListPage("reserve", "evaluation/decisions.html", _reserve, "reserve"),
    ListPage("renounced", "evaluation/decisions.html", _renounced, "renounced"),
    ListPage("undecided", "evaluation/decisions.html", _undecided, "open"),
    ListPage("outbox", "mail/outbox.html", _outbox),
    ListPage("places", "training/places.html", _places),
    ListPage("minutes of the log", "incidents/availability.html", _minutes),
    ListPage("claims", "incidents/claims.html", _claims),
    ListPage("attempts", "incidents/attempts.html", _attempts),
]
ELSEWHERE = {
    "web/_design_data.html",
    "desks/partner.html",
    "evaluation/redress_list.html",
    "mail/mailbox.html",
    "trail/story.html",
    "trail/troubles.html",
}
"""The gallery, whose rows are samples; and pages whose lists the tests of their own slice ask."""


def _table(response: Any) -> list[list[str]]:
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def _rows(shown: Any) -> list[str]:
    columns = [one.cell for one in shown.plan.columns.values() if one.cell]
    return [str([str(cell(row)) for cell in columns]) for row in shown.page]


@pytest.mark.parametrize("kept", LISTS, ids=lambda kept: kept.name)
def test_a_list_is_paged_sorted_searched_and_exported(kept: ListPage) -> None:
    with translation.override("en"):
        person, address = kept.build()
    cache.clear()
    client = enter(Client(), person, method="mfa", at=timezone.now())

    def ask(asked: str) -> Any:
        page = client.get(asked if asked.startswith("/") else address + asked)
        assert page.status_code == 200
        return page.context[kept.called]

    def query(**asked: str) -> str:
        return "?" + "&".join(f"{first.prefix}{name}={said}" for name, said in asked.items())

    first = ask("")
    assert (len(first.page), first.page.paginator.count) == (kept.most, ROWS)
    rest = _rows(ask(query(page="2")))
    assert len(rest) == ROWS - kept.most
    assert not set(rest) & set(_rows(first))

    sorting = [name for name, one in first.plan.columns.items() if one.order]
    assert sorting
    for name in sorting:
        up, down = ask(query(sort=name)), ask(query(sort=f"-{name}"))
        assert up.page.paginator.count == down.page.paginator.count == ROWS
        shown = [one for one in up.headings if one.sorted == "ascending"]
        assert len(shown) == (1 if first.plan.columns[name].is_shown else 0)
        assert _rows(up) == _rows(ask(query(sort=name)))
    assert any(_rows(ask(query(sort=one))) != _rows(ask(query(sort=f"-{one}"))) for one in sorting)

    for said in ("ecluse", "ÉCLUSE", "%3Dcmd+eclu"):
        assert ask(query(search=said)).page.paginator.count == 1
    assert ask(query(search="nothing+of+that+name")).page.paginator.count == 0

    export = first.export if first.export.startswith("/") else address + first.export
    head, *rows = _table(client.get(export))
    assert head == [name for name, one in first.plan.columns.items() if one.cell]
    assert len(rows) == ROWS
    cells = [cell for row in rows for cell in row if "Écluse" in cell]
    assert cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    found = ask(query(search="ecluse"))
    export = found.export if found.export.startswith("/") else address + found.export
    assert len(_table(client.get(export))) == 2

    for reader in (Client(), enter(Client(), PersonFactory(), at=timezone.now())):
        page, table = reader.get(address), reader.get(export)
        if page.status_code == 200 and kept.template == "desks/home.html":
            assert len(_table(table)) == 1
        else:
            assert page.status_code == table.status_code


def test_no_list_is_missing_here() -> None:
    using = {
        "/".join(file.relative_to(CODE).parts[-2:])
        for file in CODE.rglob("*.html")
        if re.search(r"web/_list_(tools|head)\.html", file.read_text("utf-8"))
        and not file.name.startswith("_list_")
    }

    assert using - ELSEWHERE == {kept.template for kept in LISTS}


def test_nobody_else_pages_or_writes_tables_by_hand() -> None:
    found = {
        str(file.relative_to(CODE))
        for file in CODE.rglob("*.py")
        if re.search(r"\bPaginator\b|csv\.writer", file.read_text("utf-8"))
    }

    assert found == {"web/lists.py"}
