"""People, organisations and the bonds between them; shared by all programmes."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from fondaco.directory.states import RequestState
from fondaco.web.fields import FoldedField, OrderField, TextsField


class People(BaseUserManager["Person"]):
    """How Django's own machinery makes and finds a person."""

    def create_user(self, email: str, password: str | None = None, **kept: object) -> "Person":
        """A new person with a password, or with none that works."""
        person = self.model(email=email.lower(), **kept)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person of an e-mail address, whatever its capitals."""
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """A human who signs in; acts for one or several organisations."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=50, blank=True)
    is_active = models.BooleanField(default=True)
    is_installation_admin = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    is_confirmed_twice = False
    """Whether this session was opened with a second factor; set by the middleware."""


class Picture(models.Model):
    """A picture as we drew it anew, named by the hash of its bytes; several things may show it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    stored = models.FileField(upload_to="pictures", max_length=200)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"picture {self.sha256[:8]}"


class Organisation(models.Model):
    """A company, cluster, chamber, university or public body."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    names = TextsField()
    search_key = models.TextField(blank=True)
    name_order = OrderField(of="name")
    search_text = FoldedField(of=("name", "city"))
    kind = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=120, blank=True)
    registration_number = models.CharField(max_length=60, blank=True)
    vat_number = models.CharField(max_length=30, blank=True)
    nace = models.CharField(max_length=8, blank=True)
    nace_revision = models.CharField(max_length=4, default="2")
    ecosystems = models.JSONField(default=list, blank=True)
    size = models.CharField(max_length=12, blank=True)
    staff = models.PositiveIntegerField(null=True, blank=True)
    website = models.URLField(blank=True)
    description = TextsField()
    logo = models.ForeignKey(Picture, null=True, on_delete=models.PROTECT, related_name="+")
    logo_words = models.CharField(max_length=160, blank=True)
    source = models.JSONField(default=list, blank=True)
    confidence = models.CharField(max_length=20, blank=True)
    is_invented = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["country", "name"]),
            models.Index(fields=["vat_number"]),
            models.Index(fields=["country", "registration_number"]),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person works for an organisation; `until` empty means still."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="posts")
    is_admin = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=models.Q(until__isnull=True),
                name="post_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.organisation}"


class Invitation(models.Model):
    """A colleague asked to join an organisation; the link's hash is kept, never the link."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField()
    is_admin = models.BooleanField(default=False)
    hashed = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation}"


class JoinRequest(models.Model):
    """Somebody asks to join an organisation, or to run it where its administrator is gone."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="join_requests")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="join_requests"
    )
    asks_to_run = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    state = models.CharField(max_length=10, default=RequestState.WAITING)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="join_request_state_known", condition=models.Q(state__in=list(RequestState))
            ),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=models.Q(state=RequestState.WAITING),
                name="join_request_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} asks {self.organisation}"


class Bond(models.Model):
    """An organisation belongs to a cluster; kept with what shows it."""

    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bonds")
    cluster = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    since = models.DateField()
    until = models.DateField(null=True)
    evidence = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "cluster"],
                condition=models.Q(until__isnull=True),
                name="bond_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.cluster}"


class SignInLink(models.Model):
    """A mailed link: works once, for a quarter of an hour, in the browser that asked for it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    hashed = models.CharField(max_length=64, unique=True)
    browser = models.CharField(max_length=64)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link of {self.at:%Y-%m-%d %H:%M}"
