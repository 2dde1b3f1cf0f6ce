from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "fondaco.directory"

    def ready(self) -> None:
        """Let the slice listen and tell."""
        from fondaco.directory import facts, reactions  # noqa: F401
