"""What the story of the installation says of backups."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "backup.made": _("A backup was made"),
    "backup.failed": _("A backup failed"),
}
VERB_KINDS = {"backup": _("Backups")}
VERB_DETAILS = {
    "backup.made": lambda data, zone: str(data["archive"]),
    "backup.failed": lambda data, zone: str(data["reason"]),
}
