"""What the story of the installation says of backups."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "backup.made": _("A backup was made"),
    "backup.failed": _("A backup failed"),
}
