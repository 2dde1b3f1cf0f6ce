"""Questions on the page of a form."""

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fondaco.questionnaires.phrases.fields import Field
from fondaco.questionnaires.rules.schema import Kind, Question

register = template.Library()

FIELD = "questionnaires/_field.html"
MORE = "questionnaires/_field_more.html"
OF_ITS_APPLICATION = frozenset({Kind.FILE, Kind.SIGNATURE, Kind.GROUP})
MOST_KEPT = 4096
_Key = tuple[int, str, str, bool]
_kept: dict[_Key, tuple[Question, SafeString]] = {}


@register.simple_tag(takes_context=True)
def question_field(context: Context, field: Field) -> SafeString:
    """A question with its control; as long as nobody answered, it looks the same to everybody.

    What is kept in memory has no answer in it. A question is known by being the very same object:
    forms stay in memory, and a version never changes.
    """
    if field.typed or field.problems or field.question.kind in OF_ITS_APPLICATION:
        return _rendered(context, field)
    if field.conditions:
        return _rendered(context, field)
    key = (id(field.question), get_language() or "", field.currency, field.is_locked)
    known = _kept.get(key)
    if known is None or known[0] is not field.question:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        known = _kept[key] = (field.question, _rendered(context, field))
    return known[1]


def _rendered(context: Context, field: Field) -> SafeString:
    page = get_template(MORE if field.conditions or field.question.personal else FIELD)
    with context.push(field=field):
        return SafeString(page.template.render(context))  # type: ignore[attr-defined]
