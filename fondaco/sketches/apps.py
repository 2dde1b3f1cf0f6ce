"""The slice of sketches: calls while officers build them."""

from django.apps import AppConfig


class SketchesConfig(AppConfig):
    """Working copies of calls, with every edit undoable."""

    name = "fondaco.sketches"

    def ready(self) -> None:
        """Tell the story of a call what its builders did."""
        from fondaco.sketches import reactions  # noqa: F401
