from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "fondaco.trail"

    def ready(self) -> None:
        """Let the slice tell and take its turns, and every slice give its verbs their sentences."""
        from importlib import import_module
        from importlib.util import find_spec

        from django.apps import apps

        from fondaco.trail import facts, tasks  # noqa: F401
        from fondaco.trail.phrases import phrases_of_verbs

        for slice_ in apps.get_app_configs():
            if slice_.name.startswith("fondaco.") and find_spec(f"{slice_.name}.phrases"):
                phrases = import_module(f"{slice_.name}.phrases")
                phrases_of_verbs(
                    getattr(phrases, "VERBS", {}),
                    getattr(phrases, "VERB_KINDS", {}),
                    getattr(phrases, "VERB_DETAILS", {}),
                )
