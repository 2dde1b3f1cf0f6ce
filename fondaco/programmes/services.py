"""Keeping a programme as its folder says it, and giving people their roles."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from fondaco.directory.models import Organisation, Person
from fondaco.directory.rules.names import search_key
from fondaco.directory.services.pictures import drop_picture, keep_picture
from fondaco.kernel.decisions import Refused
from fondaco.programmes.models import Partner, Partnership, Programme, Role
from fondaco.programmes.selectors import (
    locked_programme,
    objections_to_erasing,
    other_officers,
    programmes_run_by,
    roles_ever_of,
)
from fondaco.programmes.states import RoleKind
from fondaco.trail import services as trail
from fondaco.web.pictures import Redrawn
from fondaco.web.rows import align

Rows = Sequence[Mapping[str, Any]]
OWN_FIELDS = ("city", "kind", "website")


@transaction.atomic
def keep_programme(
    fields: Mapping[str, Any],
    *,
    rows: Mapping[str, Rows],
    partners: Rows,
    mark: Redrawn | None = None,
    by_id: int | None,
    at: datetime,
) -> Programme:
    """Make the programme and its parts say what the folder says.

    `rows` holds `periods`, `key_facts`, `partnerships`, `results` and `work_packages`; a work
    package names its leader, and a partner its partnership, by code.
    """
    programme = locked_programme(fields["code"])
    if programme is None:
        programme = Programme.objects.create(**fields, added_at=at)
    else:
        for name, value in fields.items():
            setattr(programme, name, value)
        programme.edited_at = None
        programme.save(update_fields=[*fields, "edited_at"])
    _wear(programme, mark, at=at)
    _keep_parts(programme, rows, partners)
    trail.record(
        "programme.loaded", subject=programme.code, programme=programme.code, by_id=by_id, at=at
    )
    return programme


@transaction.atomic
def change_texts(
    code: str, texts: Mapping[str, Mapping[str, str]], *, by: Person, at: datetime
) -> Programme:
    """Change what a programme says in words; raises `Refused` where there is none."""
    programme = locked_programme(code)
    if programme is None:
        raise Refused("no-such-programme")
    for name, value in texts.items():
        setattr(programme, name, dict(value))
    programme.edited_at = at
    programme.save(update_fields=[*texts, "edited_at"])
    trail.record(
        "programme.texts-changed",
        subject=code,
        programme=code,
        by_id=by.pk,
        at=at,
        names=sorted(texts),
    )
    return programme


@transaction.atomic
def give_mark(code: str, drawn: Redrawn, *, by: Person, at: datetime) -> Programme:
    """The programme wears this mark from now on; the one of its folder is kept for later."""
    return _with_mark(code, drawn, by=by, at=at, happened="programme.mark-given")


@transaction.atomic
def remove_mark(code: str, *, by: Person, at: datetime) -> Programme:
    """The programme wears the mark of its folder again."""
    return _with_mark(code, None, by=by, at=at, happened="programme.mark-removed")


def _with_mark(
    code: str, drawn: Redrawn | None, *, by: Person, at: datetime, happened: str
) -> Programme:
    programme = locked_programme(code)
    if programme is None:
        raise Refused("no-such-programme")
    wanted = drawn.sha256 if drawn else None
    if programme.mark_picture_id == wanted:
        return programme
    _wear(programme, drawn, at=at)
    programme.edited_at = at
    programme.save(update_fields=["edited_at"])
    trail.record(happened, subject=code, programme=code, by_id=by.pk, at=at, sha256=wanted)
    return programme


def _wear(programme: Programme, drawn: Redrawn | None, *, at: datetime) -> None:
    """Put the picture on; the one before goes, unless something else shows it."""
    before = programme.mark_picture_id
    programme.mark_picture = keep_picture(drawn, at=at) if drawn else None
    programme.save(update_fields=["mark_picture"])
    if before and before != programme.mark_picture_id:
        drop_picture(before)


def _keep_parts(programme: Programme, rows: Mapping[str, Rows], partners: Rows) -> None:
    """Partnerships before partners, partners before the work packages they lead."""
    align(programme.periods, "position", rows["periods"])
    align(programme.key_facts, "position", rows["key_facts"])
    align(programme.results, "code", rows["results"])
    joined = _keep_partners(programme, rows["partnerships"], partners)
    align(
        programme.work_packages,
        "number",
        [
            {
                **{name: value for name, value in row.items() if name != "leader_code"},
                "leader": joined.get(row["leader_code"]),
            }
            for row in rows["work_packages"]
        ],
    )


def _keep_partners(programme: Programme, groups: Rows, partners: Rows) -> dict[Any, Partner]:
    """The partners by code; a partnership goes only after its partners have moved on."""
    codes = {row["code"] for row in groups}
    going = programme.partnerships.exclude(code__in=codes).values_list("code", flat=True)
    found = align(programme.partnerships, "code", [*groups, *({"code": code} for code in going)])
    wanted = [
        {
            **{name: value for name, value in row.items() if name != "partnership_code"},
            "organisation": _organisation_of(row["code"], row["described"]),
            "partnership": found.get(row["partnership_code"]),
        }
        for row in partners
    ]
    _move_partners(programme, [(row["code"], row["partnership"]) for row in wanted])
    joined = align(programme.partners, "code partnership", wanted)
    programme.partnerships.exclude(code__in=codes).delete()
    return joined


def _move_partners(programme: Programme, wanted: list[tuple[str, Partnership | None]]) -> None:
    """A partner that changes its partnership keeps its row, and with it the roles of its people."""
    present = {(partner.code, partner.partnership): partner for partner in programme.partners.all()}
    free = {code: row for (code, group), row in present.items() if (code, group) not in wanted}
    for code, group in wanted:
        partner = None if (code, group) in present else free.pop(code, None)
        if partner:
            partner.partnership = group
            partner.save(update_fields=["partnership"])


def _organisation_of(code: str, described: Mapping[str, Any]) -> Organisation:
    """The organisation that a folder means by name and country; what it lacks is filled in."""
    name, country = described["name"], described.get("country", "")
    found = Organisation.objects.filter(name=name, country=country).first()
    if found is None:
        return Organisation.objects.create(
            code=_free_code(code, country),
            name=name,
            search_key=search_key(name, {}),
            country=country,
            **{field: described.get(field, "") for field in OWN_FIELDS},
        )
    lacking = [field for field in OWN_FIELDS if described.get(field) and not getattr(found, field)]
    for field in lacking:
        setattr(found, field, described[field])
    if lacking:
        found.save(update_fields=lacking)
    return found


def _free_code(code: str, country: str) -> str:
    """The code itself, else with the country behind it, else with a number behind that."""
    wanted = slugify(code)[:52]
    placed = f"{wanted}-{country.lower() or 'x'}"
    taken = set(Organisation.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    numbered = (f"{placed}-{number}" for number in range(2, len(taken) + 3))
    return next(free for free in (wanted, placed, *numbered) if free not in taken)


@transaction.atomic
def give_role(
    person: Person,
    kind: RoleKind,
    *,
    programme: Programme,
    partner: Partner | None = None,
    by_id: int | None,
    at: datetime,
) -> Role:
    """Give a person a part in the programme; twice is once.

    Raises `Refused("own-decider")`: nobody makes themselves a decider.
    """
    if kind == RoleKind.DECIDER and by_id == person.pk:
        raise Refused("own-decider")
    role, is_new = Role.objects.get_or_create(
        programme=programme,
        person=person,
        kind=kind,
        until=None,
        defaults={"partner": partner, "since": at, "given_by_id": by_id},
    )
    if is_new:
        trail.record(
            "role.given",
            subject=programme.code,
            programme=programme.code,
            by_id=by_id,
            at=at,
            person=person.pk,
            kind=kind,
            partner=partner.code if partner else "",
        )
    return role


@transaction.atomic
def take_role_away(pk: int, *, by_id: int | None, at: datetime) -> Role:
    """End a role; the last officer of a programme stays until there is another.

    The programme is locked, so that two last officers cannot take each other away at once.
    Raises `Refused("last-officer")`.
    """
    locked_programme(Programme.objects.get(roles=pk).code)
    role = (
        Role.objects.select_for_update(of=("self",))
        .select_related("programme", "partner")
        .get(pk=pk)
    )
    if role.until is not None:
        return role
    others = other_officers(role.programme_id, role.person_id)
    if role.kind == RoleKind.OFFICER and not others.exists():
        raise Refused("last-officer")
    return _ended(role, by_id=by_id, at=at)


@transaction.atomic
def end_roles_of(person_id: int, *, at: datetime) -> None:
    """End every role of somebody who is erased; raises `Refused("last-officer")`.

    The programmes they run are locked, so that two last officers cannot go at once.
    """
    for code in programmes_run_by(person_id):
        locked_programme(code)
    if reasons := objections_to_erasing(person_id):
        raise Refused(*reasons)
    for role in roles_ever_of(person_id).filter(until__isnull=True):
        _ended(role, by_id=person_id, at=at)


def _ended(role: Role, *, by_id: int | None, at: datetime) -> Role:
    role.until = at
    role.save(update_fields=["until"])
    trail.record(
        "role.taken-away",
        subject=role.programme.code,
        programme=role.programme.code,
        by_id=by_id,
        at=at,
        person=role.person_id,
        kind=role.kind,
        partner=role.partner.code if role.partner else "",
    )
    return role
