from django.apps import AppConfig


class ExchangesConfig(AppConfig):
    name = "fondaco.exchanges"

    def ready(self) -> None:
        from fondaco.exchanges import reactions  # noqa: F401
