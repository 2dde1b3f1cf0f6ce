"""A text in several languages: what to show to whom, and in which language it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RIGHT_TO_LEFT = frozenset({"ar", "he"})


def direction_of(language: str) -> str:
    """`rtl` or `ltr`, for the language's script."""
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as it is shown: with its own language, and whether it is the reader's."""

    text: str
    language: str
    is_translated: bool = True

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def direction(self) -> str:
        """The direction of the language the text is really in."""
        return direction_of(self.language)


def spoken(
    texts: Mapping[str, str] | None, language: str, *, order: Sequence[str] = ("en", "fr", "ar")
) -> Spoken:
    """The text in the reader's language, else in the first language of `order` that has one."""
    kept = {code: text for code, text in (texts or {}).items() if text}
    if language in kept:
        return Spoken(kept[language], language)
    for code in [*order, *sorted(kept)]:
        if code in kept:
            return Spoken(kept[code], code, is_translated=False)
    return Spoken("", language)


def missing_languages(texts: Mapping[str, str] | None, languages: Sequence[str]) -> list[str]:
    """Which of `languages` have no text yet."""
    return [code for code in languages if not (texts or {}).get(code)]
