"""Adding an organisation, its likely duplicates, its people, and guessing addresses."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from fondaco.directory.models import Invitation, JoinRequest, Organisation, Post
from fondaco.directory.rules.posts import JOIN_DAYS
from fondaco.directory.services import organisations
from tests.directory.work import do_jobs, enter, last_link
from tests.factories.directory import (
    AT,
    BondFactory,
    InvitationFactory,
    JoinRequestFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db
ANSWERS = {"name": "Huilerie du Lac", "kind": "company", "country": "FR"}


def page(name, *arguments):
    """The address of a page in English."""
    with translation.override("en"):
        return reverse(f"directory:{name}", args=arguments)


def of(person, *, method="password"):
    """The browser of somebody who has just signed in."""
    return enter(Client(), person, method=method, at=timezone.now())


def installation_admin():
    """The browser of who runs the installation, signed in with two factors."""
    return of(PersonFactory(is_installation_admin=True), method="mfa")


# Adding and changing


def test_an_organisation_is_added_in_three_languages():
    person = PersonFactory()
    more = {
        "name_ar": "معصرة البحيرة",
        "description_en": "Oil",
        "description_fr": "Huile",
        "vat_number": "FR 40 303 265 045",
        "ecosystems": ["agri-food", "tourism"],
        "nace": "C10",
        "size": "small",
        "staff": "12",
        "website": "lac.example",
    }

    added = of(person).post(page("new"), ANSWERS | more)

    made = Organisation.objects.get()
    assert added.url == page("organisation", made.code)
    assert (made.names, made.vat_number) == ({"ar": "معصرة البحيرة"}, "FR40303265045")
    assert made.description == {"en": "Oil", "fr": "Huile"}
    assert (made.ecosystems, made.nace, made.staff) == (["agri-food", "tourism"], "C10", 12)
    assert made.website == "https://lac.example"
    assert Post.objects.get(person=person).is_admin


@pytest.mark.parametrize(
    ("field", "answer", "says"),
    [
        ("vat_number", "FR40303265046", "check digit"),
        ("vat_number", "FR403", "characters"),
        ("registration_number", "552008444", "check digit"),
        ("kind", "unheard-of", "valid choice"),
        ("name", "", "required"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_above(field, answer, says):
    response = of(PersonFactory()).post(page("new"), ANSWERS | {field: answer})

    text = response.content.decode()
    assert says in str(response.context["form"].errors[field])
    assert f'href="#id_{field}"' in text
    assert not Organisation.objects.exists()


def test_a_likely_duplicate_is_shown_beside_and_can_be_denied():
    there = OrganisationFactory(name="HUILERIE DU LAC SARL")
    client = of(PersonFactory())

    shown = client.post(page("new"), ANSWERS)
    denied = client.post(page("new"), ANSWERS | {"apart_from": there.code})

    text = shown.content.decode()
    assert "It is another one" in text
    assert page("join", there.code) in text
    assert f'name="apart_from" value="{there.code}"' in text
    assert denied.status_code == 302
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("/en/calls/one/applications/new/", "/en/calls/one/applications/new/"),
        ("https://elsewhere.example/", "/en/organisations/"),
        ("//elsewhere.example/", "/en/organisations/"),
    ],
)
def test_adding_leads_back_to_the_page_of_ours_that_asked_for_it(wanted, leads):
    client = of(PersonFactory())

    listed = client.get(page("organisations"), {"next": wanted}).content.decode()
    asked = client.get(page("new"), {"next": wanted}).content.decode()
    added = client.post(page("new"), ANSWERS | {"next": wanted})

    carried = wanted == leads
    assert (f"{page('new')}?next=" in listed) is carried
    assert (f'name="next" value="{wanted}"' in asked) is carried
    assert added.url.startswith(leads)


def test_the_page_of_duplicates_still_leads_back():
    there, client = OrganisationFactory(name="Huilerie du Lac"), of(PersonFactory())
    answers = ANSWERS | {"next": "/en/calls/one/applications/new/"}

    text = client.post(page("new"), answers).content.decode()
    added = client.post(page("new"), answers | {"apart_from": there.code})

    assert 'name="next" value="/en/calls/one/applications/new/"' in text
    assert added.url == "/en/calls/one/applications/new/"


def test_the_page_of_duplicates_carries_every_answer():
    OrganisationFactory(name="Huilerie du Lac")
    answers = ANSWERS | {"ecosystems": ["agri-food", "tourism"], "name_fr": "Huilerie"}

    text = of(PersonFactory()).post(page("new"), answers).content.decode()

    carried = [f'name="{name}" value="{value}"' for name, value in ANSWERS.items()]
    carried += ['name="ecosystems" value="agri-food"', 'name="ecosystems" value="tourism"']
    carried += ['name="name_fr" value="Huilerie"']
    assert [field for field in carried if field not in text] == []


def test_asking_to_join_waits_for_an_answer():
    there, person = OrganisationFactory(name="Huilerie du Lac"), PersonFactory()
    client = of(person)

    asked = client.post(page("join", there.code), {"words": "I press the olives."})
    again = client.post(page("join", there.code), {}, follow=True)

    assert asked.url == page("organisations")
    assert JoinRequest.objects.get().words == "I press the olives."
    assert "A request is waiting" in again.content.decode()
    assert "Waiting for an answer" in again.content.decode()


def test_whoever_waits_too_long_is_led_to_the_installation():
    post, now = PostFactory(is_admin=True), timezone.now()
    asked = JoinRequestFactory(
        organisation=post.organisation, words="Hello", at=now - timedelta(days=JOIN_DAYS - 1)
    )
    client, told = of(asked.person), "Nobody has answered for 14 days: ask the installation"

    early = client.get(page("organisations")).content.decode()
    JoinRequest.objects.update(at=now - timedelta(days=JOIN_DAYS))
    late = client.get(page("organisations")).content.decode()
    again = client.post(page("join", post.organisation.code), {"words": "Hello"}, follow=True)

    asked.refresh_from_db()
    assert (told in early, told in late, told in again.content.decode()) == (False, True, False)
    assert f'action="{page("join", post.organisation.code)}"' in late
    assert "Your request is on its way" in again.content.decode()
    assert (asked.asks_to_run, asked.words) == (True, "Hello")
    assert "Hello" in installation_admin().get(page("requests")).content.decode()


def test_nothing_can_be_joined_that_is_not_there():
    assert of(PersonFactory()).post(page("join", "nothing")).status_code == 404


def test_an_administrator_changes_the_organisation():
    post = PostFactory(is_admin=True)
    client = of(post.person)

    shown = client.get(page("edit", post.organisation.code))
    saved = client.post(page("edit", post.organisation.code), ANSWERS)

    post.organisation.refresh_from_db()
    assert f'value="{shown.context["organisation"].name}"' in shown.content.decode()
    assert saved.url == page("organisation", post.organisation.code)
    assert post.organisation.name == "Huilerie du Lac"


def test_the_page_of_an_organisation_says_what_is_known():
    bond = BondFactory(member__ecosystems=["tourism"], member__description={"en": "**Oil**"})
    BondFactory(member=bond.member, until=AT.date())
    post = PostFactory(organisation=bond.member, is_admin=True)

    text = of(post.person).get(page("organisation", bond.member.code)).content.decode()

    wanted = ["<strong>Oil</strong>", "Tourism", "France", bond.cluster.name, post.person.name]
    assert [words for words in wanted if words not in text] == []


# People


def test_a_colleague_is_invited_and_joins_with_the_mailed_link():
    post = PostFactory(is_admin=True)
    invited = PersonFactory(email="amal@example.org", language="fr")
    client = of(post.person)

    client.post(page("invite", post.organisation.code), {"email": "Amal@example.org"})
    do_jobs()
    link = last_link()
    guest = of(invited)
    shown, joined = guest.get(link), guest.post(link)

    assert link.startswith("/fr/")
    assert post.organisation.name in shown.content.decode()
    assert joined.status_code == 302
    assert Post.objects.filter(person=invited, organisation=post.organisation).exists()
    assert guest.get(link).status_code == 410


def test_an_invitation_of_somebody_else_says_where_it_went():
    post = PostFactory(is_admin=True)
    organisations.invite(
        post.organisation, email="amal@example.org", is_admin=False, by=post.person, at=AT
    )
    Invitation.objects.update(expires_at=timezone.now() + timezone.timedelta(days=1))
    do_jobs()
    guest = of(PersonFactory())

    answers = [guest.get(last_link()), guest.post(last_link())]

    for answer in answers:
        assert answer.status_code == 410
        assert "a…@example.org" in answer.content.decode()
    assert not Post.objects.filter(is_admin=False).exists()


def test_an_invitation_leads_a_stranger_to_signing_in_and_back():
    response = Client().get(page("invitation", "secret"))

    assert response.url.endswith(f"/account/login/?next={page('invitation', 'secret')}")


def test_nobody_invites_without_end():
    cache.clear()
    post = PostFactory(is_admin=True)
    client, where = of(post.person), page("invite", post.organisation.code)

    for number in range(21):
        last = client.post(where, {"email": f"guest{number}@example.org"}, follow=True)

    assert "You have invited many colleagues." in last.content.decode()
    assert Invitation.objects.count() == 20


def test_a_name_of_several_lines_stops_no_letter():
    post = PostFactory(is_admin=True, organisation__name="Good\rBcc: x@example.org")

    of(post.person).post(page("invite", post.organisation.code), {"email": "amal@example.org"})
    do_jobs()

    assert "Good Bcc: x@example.org" in mail.outbox[-1].subject


def test_an_address_that_is_none_invites_nobody():
    post = PostFactory(is_admin=True)

    of(post.person).post(page("invite", post.organisation.code), {"email": "amal"})

    assert not Invitation.objects.exists()


def test_an_invitation_is_withdrawn():
    post = PostFactory(is_admin=True)
    invitation = InvitationFactory(organisation=post.organisation)

    of(post.person).post(page("withdraw", post.organisation.code), {"invitation": invitation.pk})

    invitation.refresh_from_db()
    assert invitation.answered_at is not None


@pytest.mark.parametrize(
    ("act", "expected"),
    [("raise", (True, True)), ("end", (False, False)), ("lower", (False, True))],
)
def test_an_administrator_changes_posts(act, expected):
    post = PostFactory(is_admin=True)
    other = PostFactory(organisation=post.organisation)

    of(post.person).post(page("posts", post.organisation.code), {"act": act, "post": other.pk})

    other.refresh_from_db()
    assert (other.is_admin, other.until is None) == expected


def test_the_last_administrator_is_told_why_they_stay():
    post = PostFactory(is_admin=True)
    PostFactory(organisation=post.organisation)

    text = of(post.person).post(page("leave", post.organisation.code), follow=True)

    assert "You are the last administrator" in text.content.decode()
    assert Post.objects.filter(until__isnull=True).count() == 2


def test_who_only_looks_at_an_organisation_cannot_leave_it():
    there = OrganisationFactory()

    assert installation_admin().post(page("leave", there.code)).status_code == 404


def test_a_link_of_no_invitation_says_so():
    response = of(PersonFactory()).get(page("invitation", "unheard-of"))

    assert response.status_code == 410
    assert "not one of ours" in response.content.decode()


def test_a_member_leaves():
    post = PostFactory()

    of(post.person).post(page("leave", post.organisation.code))

    post.refresh_from_db()
    assert post.until is not None


@pytest.mark.parametrize(("act", "joined"), [("grant", True), ("refuse", False)])
def test_an_administrator_answers_who_asks_to_join(act, joined):
    post = PostFactory(is_admin=True)
    asked = JoinRequestFactory(organisation=post.organisation, words="Hello")
    client = of(post.person)

    shown = client.get(page("colleagues", post.organisation.code))
    client.post(page("answer"), {"request": asked.pk, "act": act})
    do_jobs()

    assert "Hello" in shown.content.decode()
    assert Post.objects.filter(person=asked.person).exists() is joined
    assert mail.outbox[-1].to == [asked.person.email]


def test_a_member_asks_to_run_what_nobody_runs_and_the_installation_answers():
    post = PostFactory()
    of(post.person).post(page("recover", post.organisation.code), {"words": "She has left."})
    asked = JoinRequest.objects.get()
    client = installation_admin()

    shown = client.get(page("requests"))
    seen = client.get(page("organisation", post.organisation.code))
    client.post(page("answer"), {"request": asked.pk, "act": "grant"})

    post.refresh_from_db()
    assert "She has left." in shown.content.decode()
    assert seen.status_code == 200
    assert post.is_admin
    assert "Granted" in client.get(page("requests")).content.decode()


def test_who_runs_the_installation_sees_that_nobody_asks():
    assert "Nobody asks" in installation_admin().get(page("requests")).content.decode()


# Guessing


@pytest.mark.parametrize("name", ["organisation", "edit", "colleagues"])
def test_a_stranger_does_not_learn_which_organisations_are_here(name):
    there = OrganisationFactory()
    client = of(PersonFactory())

    known, unknown = (client.get(page(name, code)) for code in (there.code, "nothing"))

    assert (known.status_code, unknown.status_code) == (404, 404)


@pytest.mark.parametrize("name", ["invite", "posts", "leave", "withdraw", "recover"])
def test_a_stranger_changes_nothing(name):
    assert of(PersonFactory()).post(page(name, OrganisationFactory().code)).status_code == 404


@pytest.mark.parametrize("name", ["edit", "invite", "posts", "withdraw"])
def test_a_member_does_not_run_the_organisation(name):
    post = PostFactory()

    assert of(post.person).post(page(name, post.organisation.code)).status_code == 403


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("posts", {"act": "end", "post": "0"}),
        ("posts", {"act": "end", "post": "x"}),
        ("posts", {"act": "unheard-of"}),
        ("withdraw", {"invitation": "0"}),
    ],
)
def test_numbers_that_are_guessed_lead_nowhere(name, sent):
    post = PostFactory(is_admin=True)

    response = of(post.person).post(page(name, post.organisation.code), sent)

    assert response.status_code == 404


def test_posts_and_invitations_of_others_are_out_of_reach():
    post, other = PostFactory(is_admin=True), PostFactory()
    invitation = InvitationFactory()
    client, code = of(post.person), post.organisation.code

    answers = [
        client.post(page("posts", code), {"act": "end", "post": other.pk}),
        client.post(page("withdraw", code), {"invitation": invitation.pk}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(
    "sent", [{"request": "0"}, {"request": ""}, {"request": "1", "act": "grant"}]
)
def test_requests_of_others_are_not_answered(sent):
    asked = JoinRequestFactory(pk=1)

    response = of(PostFactory(is_admin=True).person).post(page("answer"), sent)

    asked.refresh_from_db()
    assert (response.status_code, asked.state) == (404, "waiting")


def test_an_answer_that_is_none_changes_nothing():
    post = PostFactory(is_admin=True)
    asked = JoinRequestFactory(organisation=post.organisation)

    response = of(post.person).post(page("answer"), {"request": asked.pk, "act": "perhaps"})

    assert response.status_code == 404


def test_who_runs_no_installation_finds_no_requests():
    assert of(PersonFactory(), method="mfa").get(page("requests")).status_code == 404


# Lists


@pytest.mark.parametrize("colleagues", [1, 3])
def test_the_list_of_colleagues_has_a_fixed_number_of_queries(
    colleagues, django_assert_num_queries
):
    post = PostFactory(is_admin=True)
    PostFactory.create_batch(colleagues - 1, organisation=post.organisation)
    client = of(post.person)

    with django_assert_num_queries(9):
        client.get(page("colleagues", post.organisation.code))


@pytest.mark.parametrize("waiting", [1, 3])
def test_the_list_of_requests_has_a_fixed_number_of_queries(waiting, django_assert_num_queries):
    JoinRequestFactory.create_batch(waiting, asks_to_run=True)
    client = installation_admin()

    with django_assert_num_queries(5):
        client.get(page("requests"))


@pytest.mark.parametrize("posts", [1, 3])
def test_the_list_of_ones_organisations_has_a_fixed_number_of_queries(
    posts, django_assert_num_queries
):
    person = PersonFactory()
    PostFactory.create_batch(posts, person=person)
    client = of(person)

    with django_assert_num_queries(5):
        client.get(page("organisations"))


def test_a_long_list_is_paged_searched_and_sorted_by_its_address():
    post = PostFactory(is_admin=True, person__name="Zed")
    for number in range(26):
        PostFactory(organisation=post.organisation, person__name=f"Amal {number:02}")
    client, address = of(post.person), page("colleagues", post.organisation.code)

    def names(query):
        return [row.person.name for row in client.get(address, query).context["list"].page]

    assert len(names({})) == 25
    assert names({"page": "2"}) == ["Amal 25", "Zed"]
    assert names({"sort": "-name"})[0] == "Zed"
    assert names({"sort": "-role"})[0] == "Zed"
    assert names({"search": "zed"}) == ["Zed"]


def test_a_list_is_exported_and_no_cell_is_a_formula():
    post = PostFactory(is_admin=True, person__name="=1+1")
    address = page("colleagues", post.organisation.code)

    sheet = of(post.person).get(address, {"export": "csv"})

    lines = sheet.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "name,email,role,since"
    assert lines[1].startswith("'=1+1,")


def test_requests_are_exported():
    asked = JoinRequestFactory(asks_to_run=True)

    sheet = installation_admin().get(page("requests"), {"export": "csv"})

    assert asked.organisation.name in sheet.content.decode()
