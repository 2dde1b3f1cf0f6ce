"""Files that people gave; they have no address of their own."""

from django.db import models

from fondaco.directory.models import Person
from fondaco.documents.states import CLOSED, Scan


class Upload(models.Model):
    """One file as it was received; `owner` names what it belongs to, such as an application.

    `place` says where in it, such as a question; empty where there is only one.
    """

    code = models.CharField(max_length=24, unique=True)
    owner = models.CharField(max_length=60, db_index=True)
    place = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=180)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.FileField(upload_to="files/%Y/%m", max_length=200)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    scan = models.CharField(max_length=10, default=Scan.UNCHECKED)
    virus = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="upload_scan_known", condition=models.Q(scan__in=list(Scan))
            ),
            models.CheckConstraint(
                name="upload_infected_is_removed",
                condition=~models.Q(scan=Scan.INFECTED) | models.Q(removed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"], name="upload_waits_for_scan", condition=models.Q(scan=Scan.WAITING)
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """Whether only its owner's people may open it, or nobody any more."""
        return self.scan in CLOSED

    @property
    def is_infected(self) -> bool:
        """Whether its content is gone because of a virus."""
        return self.scan == Scan.INFECTED


class Transfer(models.Model):
    """A file on its way here: its bytes arrive in parts, into a file named by its code.

    How many arrived is the length of that file, and nothing else. `door` and `owner` say what it
    is for; once it has arrived, `upload` is the file that was kept and `address` where it is.
    """

    code = models.CharField(max_length=32, unique=True)
    door = models.CharField(max_length=30)
    owner = models.CharField(max_length=60)
    place = models.CharField(max_length=60)
    name = models.CharField(max_length=255)
    length = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    accepts = models.JSONField(default=list)
    megabytes = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    upload = models.ForeignKey(Upload, null=True, on_delete=models.SET_NULL, related_name="+")
    address = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "door", "owner", "place"],
                condition=models.Q(finished_at__isnull=True),
                name="transfer_one_unfinished",
            )
        ]
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return self.name
