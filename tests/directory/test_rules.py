"""Names, numbers, links and posts, at their edges."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.directory.rules.links import (
    InvitationFacts,
    LinkFacts,
    hashed,
    joining,
    masked,
    sign_in,
)
from fondaco.directory.rules.names import code_of, normalised, search_key, stem_of
from fondaco.directory.rules.numbers import compact, registration_problem, vat_problem
from fondaco.directory.rules.posts import (
    ErasureFacts,
    PostFacts,
    erasure,
    leaving,
    stepping_down,
)
from fondaco.directory.rules.reasons import Reason

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Huilerie du Lac SARL", "HUILERIE DU LAC"),
        ("Huilerie du Lac S.A.R.L.", "Huilerie du  Lac, sarl"),
        ("Société Générale d'Olives", "Societe generale d olives"),
        ("Olive & Partners Ltd.", "Olive and Partners"),
        ("شركة الأمل", "شركة الامل"),
        ("Ελιά Α.Ε.", "ΕΛΙΑ ΑΕ"),
    ],
)
def test_names_written_differently_are_the_same(one, other):
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Huilerie du Lac", "Huilerie du Parc"), ("Alpha 1", "Alpha 2")]
)
def test_names_of_different_organisations_differ(one, other):
    assert normalised(one) != normalised(other)


def test_a_name_that_is_all_legal_form_is_kept():
    assert normalised("SPA") == "spa"


def test_all_names_are_in_the_search_key_once():
    assert search_key("Nour SARL", {"fr": "Nour", "ar": "نور"}) == "|nour|نور|"
    assert search_key("—", {}) == ""


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Huilerie du Lac", "huilerie-du-lac"),
        ("نور", "organisation-dz"),
        ("x" * 80, "x" * 48),
    ],
)
def test_a_code_begins_with_the_readable_part_of_the_name(name, stem):
    assert stem_of(name, "DZ") == stem


def test_a_code_without_country_or_latin_name_is_still_one():
    assert stem_of("نور", "") == "organisation-x"


@given(st.sets(st.sampled_from(["a", "a-2", "a-3", "a-4"])))
def test_a_code_is_never_taken(taken):
    assert code_of("a", taken) not in taken


@pytest.mark.parametrize(
    ("number", "country", "reason"),
    [
        ("FR40303265045", "FR", None),
        ("40 303 265 045", "FR", None),
        ("FR40303265046", "FR", Reason.NUMBER_CHECK_DIGIT),
        ("IT00743110157", "IT", None),
        ("IT0074311015", "IT", Reason.NUMBER_LENGTH),
        ("IT0074311015A", "IT", Reason.NUMBER_FORMAT),
        ("EL094259216", "GR", None),
        ("anything", "LB", None),
        ("anything", "", None),
    ],
)
def test_vat_number_is_checked_by_country(number, country, reason):
    assert vat_problem(number, country) is reason


@pytest.mark.parametrize(
    ("number", "country", "reason"),
    [
        ("552 008 443", "FR", None),
        ("73282932000074", "FR", None),
        ("552 008 444", "FR", Reason.NUMBER_CHECK_DIGIT),
        ("J99216582", "ES", None),
        ("RC 12345", "MA", None),
        ("", "", None),
    ],
)
def test_registration_number_fits_a_register_of_its_country(number, country, reason):
    assert registration_problem(number, country) is reason


def test_a_component_that_cannot_be_is_told_apart():
    assert vat_problem("MT00000000", "MT") is Reason.NUMBER_FORMAT


def test_a_number_is_kept_without_ornament():
    assert compact("fr 40.303-265 045") == "FR40303265045"


def link(**changed):
    """A link that opens, but for what is changed."""
    facts = {
        "expires_at": AT + timedelta(minutes=15),
        "used_at": None,
        "asked_in": "one",
        "opened_in": "one",
    }
    return LinkFacts(**facts | changed)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (link(), ()),
        (None, (Reason.LINK_UNKNOWN,)),
        (link(used_at=AT), (Reason.LINK_USED,)),
        (link(expires_at=AT), (Reason.LINK_EXPIRED,)),
        (link(expires_at=AT + timedelta(microseconds=1)), ()),
        (link(opened_in="other"), (Reason.OTHER_BROWSER,)),
        (link(used_at=AT, opened_in="other"), (Reason.LINK_USED,)),
    ],
)
def test_a_link_opens_once_in_time_and_in_its_browser(facts, reasons):
    assert sign_in(facts, at=AT).reasons == reasons


def invitation(**changed):
    """An invitation that opens, but for what is changed."""
    facts = {
        "expires_at": AT + timedelta(days=14),
        "answered_at": None,
        "sent_to": "Amal@example.org",
        "addresses": ["amal@example.org"],
    }
    return InvitationFacts(**facts | changed)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (invitation(), ()),
        (None, (Reason.INVITATION_UNKNOWN,)),
        (invitation(answered_at=AT), (Reason.INVITATION_ANSWERED,)),
        (invitation(expires_at=AT), (Reason.INVITATION_EXPIRED,)),
        (invitation(addresses=["other@example.org"]), (Reason.OTHER_ADDRESS,)),
        (invitation(addresses=[]), (Reason.OTHER_ADDRESS,)),
    ],
)
def test_an_invitation_opens_once_in_time_for_its_address(facts, reasons):
    assert joining(facts, at=AT).reasons == reasons


def test_a_secret_is_not_seen_in_what_is_kept_of_it():
    assert hashed("secret") == hashed("secret")
    assert "secret" not in hashed("secret")


def test_an_address_is_recognised_by_its_owner_only():
    assert masked("amal@example.org") == "a…@example.org"


def post(**changed):
    """The only administrator among several colleagues, but for what is changed."""
    facts = {"is_current": True, "is_admin": True, "other_admins": 0, "other_colleagues": 2}
    return PostFacts(**facts | changed)


@pytest.mark.parametrize(
    ("facts", "left", "lowered"),
    [
        (post(), (Reason.LAST_ADMIN,), (Reason.LAST_ADMIN,)),
        (post(other_admins=1), (), ()),
        (post(is_admin=False), (), ()),
        (post(other_colleagues=0), (), (Reason.LAST_ADMIN,)),
        (post(is_current=False), (Reason.NO_LONGER_THERE,), (Reason.NO_LONGER_THERE,)),
    ],
)
def test_somebody_always_runs_an_organisation_that_has_people(facts, left, lowered):
    assert leaving(facts).reasons == left
    assert stepping_down(facts).reasons == lowered


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (ErasureFacts((), False, 0), ()),
        (ErasureFacts((post(other_admins=1),), True, 1), ()),
        (ErasureFacts((post(),), False, 0), (Reason.LAST_ADMIN,)),
        (ErasureFacts((), False, 0, (Reason.LAST_OFFICER,)), (Reason.LAST_OFFICER,)),
        (
            ErasureFacts((post(),), True, 0),
            (Reason.LAST_ADMIN, Reason.LAST_INSTALLATION_ADMIN),
        ),
    ],
)
def test_nobody_is_erased_whom_others_need(facts, reasons):
    assert erasure(facts).reasons == reasons
