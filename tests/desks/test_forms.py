"""What an officer types: texts by language, a deadline, a role."""

import pytest

from fondaco.desks.forms import CallForm, ExtensionForm, ProgrammeForm, RoleForm
from fondaco.programmes.states import RoleKind
from tests.factories.directory import PersonFactory
from tests.factories.programmes import PartnerFactory, ProgrammeFactory


def kept(form, **texts):
    return {name: texts.get(name, {}) for name in form.names}


@pytest.mark.parametrize("form", [ProgrammeForm, CallForm])
def test_texts_have_a_field_for_each_name_and_language(form):
    fields = form(kept=kept(form, title={"fr": "Pont"}))

    assert set(fields.fields) == {
        f"{name}_{language}" for name in form.names for language in ("en", "fr", "ar")
    }
    assert (fields["title_fr"].value(), fields["title_en"].value()) == ("Pont", "")


def test_texts_come_back_by_name_and_language_without_the_empty_ones():
    typed = {"title_en": " Spring ", "title_ar": "  ", "who_fr": "Tous"}
    form = CallForm(typed, kept=kept(CallForm))

    assert form.is_valid()
    assert form.texts() == {
        "title": {"en": "Spring"},
        "summary": {},
        "about": {},
        "who": {"fr": "Tous"},
        "contact": {},
    }


def test_texts_come_back_as_a_folder_would_say_them():
    typed = {"about_en": "# Title\r\n\r\nText \r\n", "summary_en": "One\r\ntwo"}
    before = kept(CallForm, about={"it": "Testo\n", "fr": "Texte\n"}, summary={"it": "Uno"})

    form = CallForm(typed, kept=before)

    assert form.is_valid()
    assert form.texts()["about"] == {"it": "Testo\n", "en": "# Title\n\nText\n"}
    assert form.texts()["summary"] == {"it": "Uno", "en": "One\ntwo"}


def extension(closes, weekend, **more):
    typed = {"closes": closes, "reason_en": "Time", **more}
    return ExtensionForm(typed, zone="Africa/Tunis", weekend=weekend)


@pytest.mark.parametrize(
    ("closes", "weekend", "complaint"),
    [
        ("2026-12-11T12:00", ["saturday", "sunday"], None),
        ("2026-12-12T12:00", ["saturday", "sunday"], "Saturday"),
        ("2026-12-13T12:00", ["saturday", "sunday"], "Sunday"),
        ("2026-12-11T12:00", ["friday", "saturday"], "Friday"),
        ("2026-12-13T12:00", ["friday", "saturday"], None),
        ("2026-12-14T12:00", ["saturday", "2026-12-14"], "14 December 2026"),
        ("2026-12-13T12:00", [], None),
    ],
)
def test_a_deadline_on_a_day_of_rest_needs_a_second_yes(closes, weekend, complaint):
    first = extension(closes, weekend)
    second = extension(closes, weekend, is_sure="on")

    assert first.is_valid() == (complaint is None)
    assert first.errors.get("closes", [""])[0].startswith(complaint or "")
    assert ("is_sure" in first.fields) == (complaint is not None)
    assert second.is_valid()
    assert second.reason() == {"en": "Time"}


@pytest.mark.django_db
def test_partners_are_offered_once_each_by_name():
    programme = ProgrammeFactory()
    north = programme.partnerships.create(position=1, code="north", name="North")
    for name, code, group in (("zeta", "z", None), ("Alpha", "a", None), ("Alpha", "a", north)):
        PartnerFactory(programme=programme, organisation__name=name, code=code, partnership=group)

    form = RoleForm(programme=programme)

    assert form.fields["partner"].choices == [("", "For none"), ("a", "Alpha"), ("z", "zeta")]


@pytest.mark.django_db
def test_a_role_knows_its_person_and_its_partner():
    partner = PartnerFactory(code="anima")
    ada = PersonFactory(email="ada@example.org")
    typed = {"email": "ADA@example.org", "kind": RoleKind.DECIDER, "partner": "anima"}

    form = RoleForm(typed, programme=partner.programme)

    assert form.is_valid()
    assert (form.person, form.acts_for) == (ada, partner)
