"""Tables of the applications: asked for, made by the worker where the right is still there."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from fondaco.applications.gateways import export_path
from fondaco.applications.models import Export
from fondaco.applications.selectors import told_about
from fondaco.applications.services.exports import KEPT, ask_export
from fondaco.applications.services.sending import forget_person
from fondaco.applications.states import Sheet
from fondaco.applications.tasks import make_export, remove_old_exports
from fondaco.mail.models import Letter
from fondaco.mail.states import Occasion
from fondaco.programmes.models import Role
from fondaco.trail.models import Entry
from fondaco.web.sheets import read_sheet
from tests.applications.reader import signed_in
from tests.factories import evaluation as made
from tests.factories.directory import AT, OrganisationFactory
from tests.factories.questionnaires import FormVersionFactory, question, schema, section

pytestmark = pytest.mark.django_db
FORM = schema(
    section(
        "project",
        question("title", export="name-of-project"),
        question("bank", seen_by=["evaluators"]),
    )
)


@pytest.fixture
def call():
    found = made.graded_call(form=FormVersionFactory(schema=FORM))
    for code, name, title in (("b-1", "Écluse", "A bridge"), ("b-2", "=Atelier", "=1+1")):
        answers = {"title": title, "bank": "secret"}
        organisation = OrganisationFactory(name=name, city="Tunis", country="TN")
        made.sent(found, code=code, organisation=organisation, answers=answers)
    return found


def asked(call, officer, kind=Sheet.CSV, query="sort=organisation"):
    return ask_export(call, kind=kind, query=query, language="en", by=officer, at=AT)


def test_the_table_has_the_answers_by_their_keys_and_no_formula(call):
    officer = made.officer_of(call)
    export = asked(call, officer)

    assert asked(call, officer) == export
    make_export(export.pk)

    head, *rows = export_path(export.code, "csv").read_text("utf-8-sig").splitlines()
    assert head == (
        "number,organisation,country,city,received,state,conditions,versions,answer.name-of-project"
    )
    received = f"TN,Tunis,{AT.isoformat()},eligible,met,1"
    assert rows == [f"b-2,'=Atelier,{received},'=1+1", f"b-1,Écluse,{received},A bridge"]
    letter = Letter.objects.get(occasion=Occasion.EXPORT_READY)
    assert (letter.to, export.code in letter.body) == (officer, True)
    verbs = Entry.objects.filter(verb__startswith="export.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["export.asked", "export.made"]


def test_a_spreadsheet_holds_what_the_list_showed(call):
    export = asked(call, made.officer_of(call), Sheet.XLSX, "search=ecluse")

    make_export(export.pk)

    [_head, row] = read_sheet(BytesIO(export_path(export.code, "xlsx").read_bytes()))
    assert (row[:2], row[-1]) == (["b-1", "Écluse"], "A bridge")


def test_whoever_lost_the_role_meanwhile_gets_nothing(call):
    officer = made.officer_of(call)
    export = asked(call, officer)
    Role.objects.filter(person=officer).update(until=AT)

    make_export(export.pk)

    export.refresh_from_db()
    assert (export.made_at, export.refused_at is None) == (None, False)
    assert not export_path(export.code, "csv").exists()


def test_only_who_asked_takes_it_while_the_role_lasts_and_each_time_is_kept(call):
    officer, other = made.officer_of(call), made.officer_of(call)
    export = asked(call, officer)
    make_export(export.pk)
    address = reverse("applications:export-file", args=[call.code, export.code])

    assert signed_in(other).get(address).status_code == 404
    client = signed_in(officer)
    taken = client.get(address)
    assert b"A bridge" in b"".join(taken.streaming_content)
    assert Entry.objects.get(verb="export.taken").by_id == officer.pk
    Role.objects.filter(person=officer).update(until=AT)
    assert client.get(address).status_code == 404


def test_what_somebody_asked_for_is_told_and_forgotten_with_them(call):
    officer = made.officer_of(call)
    export = asked(call, officer)

    told = told_about(officer.pk)["exports"]
    forget_person(officer.pk)
    make_export(export.pk)

    export.refresh_from_db()
    assert [one["code"] for one in told] == [export.code]
    assert (export.by, export.made_at, export.refused_at is None) == (None, None, False)


def test_the_file_is_removed_when_its_time_is_over(call):
    export = asked(call, made.officer_of(call))
    make_export(export.pk)

    remove_old_exports()
    assert export_path(export.code, "csv").exists()
    Export.objects.update(kept_until=AT - KEPT - timedelta(days=1))
    remove_old_exports()

    export.refresh_from_db()
    assert (export_path(export.code, "csv").exists(), export.is_there) == (False, False)
    assert Entry.objects.filter(verb="export.removed").count() == 1


def test_the_list_asks_for_the_table_and_the_page_says_how_far_it_is(call):
    client = signed_in(made.officer_of(call))
    listed = client.get(reverse("applications:office", args=[call.code]) + "?search=ecluse")
    assert 'name="query" value="search=ecluse"' in listed.content.decode()

    to = reverse("applications:export-ask", args=[call.code])
    answer = client.post(to, {"kind": "csv", "query": "search=ecluse"}, follow=True)
    assert "The table waits for its turn." in answer.content.decode()
    assert client.post(to, {"kind": "exe"}).status_code == 404

    export = Export.objects.get()
    make_export(export.pk)
    page = client.get(reverse("applications:export", args=[call.code, export.code]))
    assert "The table with one application is ready." in page.content.decode()
