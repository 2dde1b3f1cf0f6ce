"""Reading who works for an organisation, and who runs it."""

from django.db.models import Count, Q, QuerySet

from fondaco.directory.models import Organisation, Person, Post
from fondaco.directory.rules.posts import PostFacts
from fondaco.directory.selectors.organisations import locked_organisation


def posts_of(person: Person) -> QuerySet[Post]:
    """The posts a person holds now, with their organisations."""
    held = Post.objects.filter(person_id=person.pk, until__isnull=True)
    return held.select_related("organisation").order_by("since", "pk")


def colleagues_of(organisation: Organisation) -> QuerySet[Post]:
    """The present posts of an organisation, with the people who hold them."""
    held = Post.objects.filter(organisation_id=organisation.pk, until__isnull=True)
    return held.select_related("person").order_by("person__name", "pk")


def post_in(organisation: Organisation, pk: int) -> Post | None:
    """A present post of this organisation."""
    return colleagues_of(organisation).filter(pk=pk).first()


def admins_of(organisation: Organisation) -> QuerySet[Person]:
    """The people who run an organisation."""
    held = Post.objects.filter(organisation_id=organisation.pk, until__isnull=True, is_admin=True)
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True).order_by("pk")


def post_at(person: Person, organisation: Organisation) -> Post | None:
    """The person's present post there."""
    return posts_of(person).filter(organisation_id=organisation.pk).first()


def locked_post(pk: int) -> Post:
    """For services only: the post, once its organisation is locked."""
    organisation_id = Post.objects.values_list("organisation_id", flat=True).get(pk=pk)
    locked_organisation(organisation_id)
    posts = Post.objects.select_for_update(of=("self",)).select_related("organisation")
    return posts.get(pk=pk)


def post_facts(post: Post) -> PostFacts:
    """A post, and who else is there."""
    others = Post.objects.filter(organisation_id=post.organisation_id, until__isnull=True)
    counted = others.exclude(pk=post.pk).aggregate(
        colleagues=Count("pk"),
        admins=Count("pk", filter=Q(is_admin=True, person__is_active=True)),
    )
    return PostFacts(
        is_current=post.until is None,
        is_admin=post.is_admin,
        other_admins=counted["admins"],
        other_colleagues=counted["colleagues"],
    )
