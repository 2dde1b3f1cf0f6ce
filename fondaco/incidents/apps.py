from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "fondaco.incidents"

    def ready(self) -> None:
        from fondaco.incidents import reactions  # noqa: F401
