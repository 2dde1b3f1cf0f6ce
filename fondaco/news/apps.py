from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "fondaco.news"

    def ready(self) -> None:
        from fondaco.news import reactions  # noqa: F401
