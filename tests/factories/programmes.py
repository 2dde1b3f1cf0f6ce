"""Programmes, their partners and the roles of people in them; all invented."""

import factory
from factory.django import DjangoModelFactory

from fondaco.programmes.models import Partner, Programme, Role
from fondaco.programmes.states import PartnerRole, RoleKind
from tests.factories.directory import AT, OrganisationFactory, PersonFactory


class ProgrammeFactory(DjangoModelFactory[Programme]):
    """A programme of two countries, funded whole."""

    class Meta:
        model = Programme

    code = factory.Sequence(lambda number: f"programme-{number}")
    acronym = factory.Sequence(lambda number: f"P{number}")
    title = factory.LazyAttribute(lambda made: {"en": f"Programme {made.acronym}"})
    languages = ["en", "fr", "ar"]
    countries = ["TN", "IT"]
    funder = {
        "name": {"en": "An invented funder"},
        "statement": "funded",
        "disclaimer": {"en": "The views are the authors' own."},
    }
    look = {"deep": "#0b3d5c", "bright": "#0f6e84", "tint": "#e9f3f5"}
    added_at = AT


class PartnerFactory(DjangoModelFactory[Partner]):
    """A partner of a programme."""

    class Meta:
        model = Partner

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    position = factory.Sequence(lambda number: number + 1)
    code = factory.LazyAttribute(lambda made: made.organisation.code)
    role = PartnerRole.PARTNER
    described = factory.LazyAttribute(
        lambda made: {"name": made.organisation.name, "country": made.organisation.country}
    )


class RoleFactory(DjangoModelFactory[Role]):
    """Somebody is an officer of a programme, still."""

    class Meta:
        model = Role

    programme = factory.SubFactory(ProgrammeFactory)
    person = factory.SubFactory(PersonFactory)
    kind = RoleKind.OFFICER
    since = AT
