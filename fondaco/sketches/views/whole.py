"""What is done with a whole sketch: begun, translated, shown, checked, published, thrown away."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from fondaco.calls.models import Call
from fondaco.calls.phrases import AGAINST
from fondaco.calls.rules.acts import Against
from fondaco.calls.selectors import call_named
from fondaco.directory.access import PersonRequest, signed_in
from fondaco.files.selectors.plain import call_data, data_of_files, files_of_call
from fondaco.kernel.decisions import Refused
from fondaco.programmes.models import Programme
from fondaco.sketches import access
from fondaco.sketches.forms import BeginForm, CorrectionForm, SheetForm, typed_in
from fondaco.sketches.models import Sketch
from fondaco.sketches.phrases import REASONS
from fondaco.sketches.rules.beginning import begun
from fondaco.sketches.rules.refusals import Reason
from fondaco.sketches.selectors import changes_of, checked, earlier_calls
from fondaco.sketches.selectors.texts import marks_of, texts_of
from fondaco.sketches.services import keeping, standing
from fondaco.sketches.views.frame import frame_of, now
from fondaco.web.downloads import attachment


def _told(reason: object) -> str:
    if str(reason) in set(Against):
        return str(AGAINST[Against(str(reason))])
    return str(REASONS[Reason(str(reason))])


def _new_data(form: BeginForm) -> dict[str, Any]:
    """What a new call says at first: empty, or after another one."""
    said = form.cleaned_data
    after: Mapping[str, Any] | None = None
    if said["folder"]:
        after = data_of_files(said["folder"])
    elif said["copied"]:
        earlier = call_named(said["copied"])
        after = call_data(earlier) if earlier else None
    language = get_language() or "en"
    code = said["code"] or slugify(said["title"])[:60].strip("-")
    return begun(
        code or "call", kind=said["kind"], title=said["title"], language=language, after=after
    )


@signed_in
def begin(request: PersonRequest, programme: str) -> HttpResponse:
    """Begin a call: from nothing, after an earlier one, or from files."""
    home = access.programme_to_build_in(request.user, programme)
    form = BeginForm(request.POST or None, request.FILES or None, calls=earlier_calls(home))
    if form.is_valid() and (call := _begun(request, home, form)):
        return redirect("sketches:step", code=call.code, step="basics")
    context = {
        "form": form,
        "programme": home,
        "trail": [
            (_("My desk"), reverse("desks:home")),
            (home.acronym, reverse("desks:run", args=[home.code])),
        ],
        "back": reverse("desks:run", args=[home.code]),
    }
    return render(request, "sketches/begin.html", context)


def _begun(request: PersonRequest, home: Programme, form: BeginForm) -> Call | None:
    try:
        return standing.begin_call(home, _new_data(form), by=request.user, at=now())
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error("code" if reason == Reason.CODE_TAKEN else None, _told(reason))
    except ValueError as fault:
        form.add_error(
            "folder", _("The file breaks the rules of TOML: %(said)s.") % {"said": fault}
        )
    return None


def _opened(request: PersonRequest, code: str) -> tuple[Call, Sketch]:
    call = access.built_call(request.user, code)
    return call, keeping.opened_sketch(call, at=now())[0]


@signed_in
def languages(request: PersonRequest, code: str) -> HttpResponse:
    """Every text side by side in its languages; what is missing can be shown alone."""
    call, sketch = _opened(request, code)
    if request.method == "POST":
        return _translated(request, call)
    texts = texts_of(sketch.content)
    wanted = request.GET.get("missing", "")
    context = frame_of(call, sketch, request.user.pk, here="languages") | {
        "texts": [text for text in texts if not wanted or wanted in text.missing],
        "marks": json.dumps(marks_of(texts)),
        "wanted": wanted,
        "counts": _missing_counts(texts),
        "sheet_form": SheetForm(initial={"source": get_language(), "target": wanted or "fr"}),
    }
    return render(request, "sketches/languages.html", context)


def _translated(request: PersonRequest, call: Call) -> HttpResponse:
    """Keep the texts of the page; what somebody else wrote meanwhile stands, and is said."""
    values, was = typed_in(request.POST)
    kept = keeping.keep_typed(call.pk, values, was, by=request.user, at=now())
    standing.put_in_place(call.pk, by=request.user, at=now())
    if not request.headers.get("HX-Request"):
        for clash in kept.clashes:
            told = _("Somebody else changed this text; theirs stands. Yours was: %(mine)s")
            messages.warning(request, told % {"mine": clash.mine or ""})
        return redirect(request.get_full_path())
    sketch = _opened(request, call.code)[1]
    context = frame_of(call, sketch, request.user.pk, here="languages")
    marks = json.dumps(marks_of(texts_of(sketch.content)))
    return render(request, "sketches/_state_and_marks.html", context | {"marks": marks})


def _missing_counts(texts: list[Any]) -> list[tuple[str, str, int]]:
    """For each language with gaps: its code, its own name, and how many texts it lacks."""
    codes = [language for text in texts for language in text.missing]
    return [
        (code, str(own), codes.count(code)) for code, own in settings.LANGUAGES if code in codes
    ]


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]
@signed_in
@require_safe
def preview(request: PersonRequest, code: str) -> HttpResponse:
    """The public page as the sketch would have it, in any language; nothing of it stays."""
    call, sketch = _opened(request, code)
    with standing.as_if_in_place(sketch, by=request.user, at=now()):
        page = resolve(reverse("desks:call", args=[call.code]))
        response: HttpResponse = page.func(request, *page.args, **page.kwargs)
        content = response.content
    return HttpResponse(content, content_type=response["Content-Type"], status=response.status_code)


@signed_in
def ready(request: PersonRequest, code: str) -> HttpResponse:
    """What is missing, what changes, and publishing it."""
    call, sketch = _opened(request, code)
    is_published = call.published_at is not None
    form = CorrectionForm(request.POST or None) if is_published else None
    is_sent = request.method == "POST" and (form is None or form.is_valid())
    if is_sent and _published(request, call, form):
        return redirect("desks:office", code=code)
    context = frame_of(call, sketch, request.user.pk, here="ready") | {
        "form": form,
        "changes": changes_of(sketch) if is_published else [],
    }
    return render(request, "sketches/ready.html", context)


def _published(request: PersonRequest, call: Call, form: CorrectionForm | None) -> bool:
    try:
        if form is None:
            standing.publish_sketch(call.pk, by=request.user, at=now())
        else:
            standing.correct_sketch(call.pk, reason=form.reason(), by=request.user, at=now())
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, _told(reason))
        return False
    messages.success(request, _("It is published, and the page of the call says so."))
    return True


@signed_in
@require_safe
def files(request: PersonRequest, code: str) -> HttpResponse:
    """The call as the files of its folder, in a ZIP."""
    call, sketch = _opened(request, code)
    folder = checked(sketch).folder
    if folder is None:
        messages.error(request, _told(Reason.HAS_MISTAKES))
        return redirect("sketches:ready", code=code)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        for name, text in files_of_call(folder).items():
            package.writestr(f"{call.code}/{name}", text)
    size = packed.tell()
    packed.seek(0)
    return attachment(packed, f"{call.code}.zip", "application/zip", size)


@signed_in
def discard(request: PersonRequest, code: str) -> HttpResponse:
    """Throw a draft away, after one more question."""
    call, sketch = _opened(request, code)
    if request.method == "POST":
        programme = call.programme.code
        try:
            standing.discard_draft(call.pk, by=request.user, at=now())
        except Refused as refused:
            messages.error(request, _told(refused.reasons[0]))
            return redirect("sketches:ready", code=code)
        messages.success(request, _("The draft is thrown away."))
        return redirect("desks:run", code=programme)
    context = frame_of(call, sketch, request.user.pk, here="ready")
    return render(request, "sketches/discard.html", context)
