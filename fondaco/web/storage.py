"""Styles, scripts and fonts as they are handed out; a page names some forty of them."""

from functools import cache

from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """The addresses of static files, each worked out once: the manifest does not change."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._known = cache(super().url)

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002
        """The address of a file, with the mark of its content."""
        return str(self._known(name, force))
