from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "fondaco.programmes"

    def ready(self) -> None:
        """Let the slice say who reads its stories."""
        from fondaco.programmes import reactions  # noqa: F401
