"""Reading forms."""

from fondaco.questionnaires.models import FormVersion
from fondaco.questionnaires.rules.schema import Form, form_from

_FORMS: dict[tuple[str, int, str], Form] = {}
MOST_KEPT = 256


def form_of(version: FormVersion) -> Form:
    """The form of a version; kept in memory, because a version never changes."""
    key = (version.form, version.number, version.fingerprint)
    if key not in _FORMS:
        if len(_FORMS) >= MOST_KEPT:
            _FORMS.clear()
        _FORMS[key] = form_from(version.schema)
    return _FORMS[key]


def version_like(form: str, fingerprint: str) -> FormVersion | None:
    """The version of the form that has exactly this content."""
    return FormVersion.objects.filter(form=form, fingerprint=fingerprint).order_by("number").first()


def last_version(form: str) -> FormVersion | None:
    """The newest version of the form."""
    return FormVersion.objects.filter(form=form).order_by("-number").first()
