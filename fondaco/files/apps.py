from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "fondaco.files"
