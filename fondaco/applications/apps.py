from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "fondaco.applications"

    def ready(self) -> None:
        from fondaco.applications import reactions  # noqa: F401
