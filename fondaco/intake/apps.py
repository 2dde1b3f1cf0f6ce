from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "fondaco.intake"

    def ready(self) -> None:
        from fondaco.intake import reactions  # noqa: F401
