from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "fondaco.mail"

    def ready(self) -> None:
        """Let the slice listen, tell and take its turns."""
        from fondaco.mail import reactions, tasks  # noqa: F401
