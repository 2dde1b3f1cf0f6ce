from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "fondaco.enquiries"

    def ready(self) -> None:
        from fondaco.enquiries import reactions  # noqa: F401
