from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "fondaco.membership"

    def ready(self) -> None:
        from fondaco.membership import facts, reactions  # noqa: F401
