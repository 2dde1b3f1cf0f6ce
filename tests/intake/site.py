"""The settings of a site that a test serves: what the suite itself runs with, on its own port."""

from fondaco.config.settings import *  # noqa: F403
from fondaco.config.settings import STORAGES

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
