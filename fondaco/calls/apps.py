from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "fondaco.calls"

    def ready(self) -> None:
        """Let the slice say who reads its stories."""
        from fondaco.calls import reactions  # noqa: F401
