from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "fondaco.evaluation"

    def ready(self) -> None:
        from fondaco.evaluation import reactions  # noqa: F401
