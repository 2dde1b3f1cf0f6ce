"""The kept order and the folded text of every organisation that is there already."""

from typing import Any

from django.db import migrations


def keep(apps: Any, _editor: Any) -> None:
    """Write both beside each name; the fields tell themselves what they hold."""
    for organisation in apps.get_model("directory", "Organisation").objects.order_by("pk"):
        organisation.save(update_fields=["name_order", "search_text"])


class Migration(migrations.Migration):
    """Data alone."""

    dependencies = [("directory", "0004_names_in_order")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
