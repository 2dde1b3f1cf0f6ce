from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "fondaco.evaluation"

    def ready(self) -> None:
        from fondaco.evaluation import facts, reactions  # noqa: F401
