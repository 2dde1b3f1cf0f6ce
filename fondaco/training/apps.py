from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "fondaco.training"

    def ready(self) -> None:
        from fondaco.training import facts, reactions  # noqa: F401
