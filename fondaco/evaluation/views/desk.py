"""An evaluator's own pages: the desk, a file with its grid, and the moment it is locked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondaco.directory.access import PersonRequest, signed_in
from fondaco.documents.rules import MEDIA_TYPES
from fondaco.documents.selectors import opened
from fondaco.evaluation import access, phrases
from fondaco.evaluation.access import DeskAction
from fondaco.evaluation.forms import WhyForm
from fondaco.evaluation.models import Assignment
from fondaco.evaluation.rules.marks import Fault
from fondaco.evaluation.selectors.files import files_of
from fondaco.evaluation.selectors.reading import reading_of
from fondaco.evaluation.services import assignments as services
from fondaco.evaluation.services.marks import Typed, lock_assignment, save_marks
from fondaco.evaluation.states import AssignmentState
from fondaco.evaluation.views.lists import DESK
from fondaco.evaluation.views.pages import attempt
from fondaco.kernel.decisions import Refused
from fondaco.kernel.states import MoveRefused
from fondaco.web import words
from fondaco.web.downloads import attachment as download
from fondaco.web.lists import exported, listed


@signed_in
@require_safe
def desk(request: PersonRequest) -> HttpResponse:
    """What is left, and until when."""
    files = list(files_of(request.user))
    shown = listed(request, files, DESK)
    if shown.wants_csv:
        return exported(shown)
    context = {
        "list": shown,
        "left": sum(one.state != AssignmentState.LOCKED for one in files),
        "locked": sum(one.state == AssignmentState.LOCKED for one in files),
        "today": request.received_at.date(),
    }
    return render(request, "evaluation/desk.html", context)


@signed_in
@require_safe
def file(request: PersonRequest, application: str) -> HttpResponse:
    """First the question of conflict; once accepted, the application beside its grid."""
    kept = access.file_for(request.user, application, to=DeskAction.SEE)
    if not access.can_do(kept, DeskAction.READ):
        return render(request, "evaluation/accept.html", _about(kept))
    return render(request, "evaluation/file.html", _file_context(kept))


def _about(kept: Assignment) -> dict[str, object]:
    call = kept.application.call
    return {
        "assignment": kept,
        "application": kept.application,
        "call": call,
        "programme": call.programme,
        "is_demonstration": call.is_demonstration,
    }


def _file_context(kept: Assignment) -> dict[str, object]:
    return _about(kept) | {
        "reading": reading_of(kept),
        "score_words": phrases.SCORE_WORDS,
        "can_mark": access.can_do(kept, DeskAction.MARK),
    }


@signed_in
@require_POST
def accept(request: PersonRequest, application: str) -> HttpResponse:
    """No conflict: the file opens."""
    kept = access.file_for(request.user, application, to=DeskAction.ANSWER)

    def act() -> object:
        return services.accept_assignment(kept.pk, by=request.user, at=request.received_at)

    attempt(request, act, _("You accepted the file. It is open now."))
    return redirect("evaluation:file", application)


@signed_in
def conflict(request: PersonRequest, application: str) -> HttpResponse:
    """A conflict: the file goes back, with the reason."""
    kept = access.file_for(request.user, application, to=DeskAction.DECLARE)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]

        def act() -> object:
            return services.declare_conflict(
                kept.pk, why=why, by=request.user, at=request.received_at
            )

        attempt(request, act, _("Thank you. The file went back."))
        return redirect("evaluation:desk")
    return render(request, "evaluation/conflict.html", _about(kept) | {"form": form})


def _typed(request: PersonRequest, kept: Assignment) -> dict[str, Typed]:
    codes = [line.code for line in kept.application.call.criteria.all()]
    return {
        code: Typed(request.POST.get(f"mark-{code}"), request.POST.get(f"comment-{code}"))
        for code in codes
    }


@signed_in
@require_POST
def marks(request: PersonRequest, application: str) -> HttpResponse:
    """Keep what was typed; while typing a line says so, without script the page comes again."""
    kept = access.file_for(request.user, application, to=DeskAction.MARK)
    faults = _save(request, kept)
    names = {"": _("On the whole"), **_names(kept)}
    if request.headers.get("HX-Request"):
        said = {code: phrases.FAULTS[faults[code]] if code in faults else "" for code in names}
        context = {"faults": said, "has_faults": bool(faults), "at": request.received_at}
        return render(request, "evaluation/_saved.html", context)
    for code, fault in faults.items():
        messages.error(request, phrases.fault(f"{fault}:{code}", names))
    if "lock" in request.POST and not faults:
        return redirect("evaluation:lock", application)
    messages.success(request, _("Saved."))
    return redirect("evaluation:file", application)


def _save(request: PersonRequest, kept: Assignment) -> dict[str, Fault]:
    try:
        return save_marks(
            kept.pk,
            typed=_typed(request, kept),
            comment=request.POST.get("comment"),
            by=request.user,
            at=request.received_at,
        )
    except MoveRefused as refusal:
        raise PermissionDenied from refusal


def _names(kept: Assignment) -> dict[str, str]:
    criteria = kept.application.call.criteria.all()
    return {line.code: words.say(line.name).text for line in criteria}


@signed_in
def lock(request: PersonRequest, application: str) -> HttpResponse:
    """Asks once more, then locks; everything that is missing is told at once."""
    kept = access.file_for(request.user, application, to=DeskAction.LOCK)
    if request.method != "POST":
        return render(request, "evaluation/lock.html", _file_context(kept))
    try:
        lock_assignment(kept.pk, by=request.user, at=request.received_at)
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, phrases.fault(reason, _names(kept)))
        return redirect("evaluation:file", application)
    except MoveRefused:
        messages.error(request, _("Somebody else was faster: this is no longer possible."))
    else:
        messages.success(request, _("Your marks are locked. Thank you for your work."))
    return redirect("evaluation:desk")


@signed_in
@require_safe
def attachment(request: PersonRequest, application: str, upload: str) -> HttpResponse:
    """A file of the application, for the evaluator who accepted to read it."""
    kept = access.attachment_for(request.user, application, upload)
    return download(opened(kept), kept.name, MEDIA_TYPES[kept.kind], kept.size)
