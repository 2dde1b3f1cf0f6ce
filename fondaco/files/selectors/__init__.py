"""What stands in the way of loading."""

from collections.abc import Collection

from fondaco.calls.models import Call
from fondaco.files import shapes
from fondaco.files.comparing import Change, changes
from fondaco.files.writing import call_folder_of, folder_of
from fondaco.programmes.models import Programme
from fondaco.programmes.selectors import programme_of


def loaded_programme(code: str) -> Programme | None:
    """The programme as it is loaded now."""
    return programme_of(code)


def _standing(folder: shapes.Folder) -> dict[str, shapes.CallFolder]:
    """The folder's calls as loading would leave them: what is published stays published."""
    drafts = [code for code, call in folder.calls.items() if not call.call.publish]
    published = Call.objects.filter(code__in=drafts, published_at__isnull=False)
    changed = {
        code: folder.calls[code].model_copy(
            update={"call": folder.calls[code].call.model_copy(update={"publish": True})}
        )
        for code in published.values_list("code", flat=True)
    }
    return {**folder.calls, **changed}


def pending_changes(folder: shapes.Folder) -> list[Change]:
    """What loading the folder would change; calls that only the database has are left alone."""
    programme = programme_of(folder.programme.code)
    if programme is None:
        return changes(None, folder)
    present = folder_of(programme)
    kept = {code: call for code, call in present.calls.items() if code in folder.calls}
    wanted = folder.model_copy(update={"calls": _standing(folder)})
    return changes(present.model_copy(update={"calls": kept}), wanted)


def edited_programme(folder: shapes.Folder) -> Programme | None:
    """The programme, where its texts were edited in the browser and the folder differs."""
    programme = programme_of(folder.programme.code)
    if programme is None or programme.edited_at is None:
        return None
    said = (folder.programme.title, folder.programme.summary, folder.about, folder.mark_picture)
    kept = (programme.title, programme.summary, programme.about, folder_of(programme).mark_picture)
    return programme if kept != said else None


def edited_calls(folder: shapes.Folder) -> list[Call]:
    """Calls edited in the browser since they were loaded, which the folder would change."""
    edited = Call.objects.filter(code__in=folder.calls, edited_at__isnull=False)
    wanted = _standing(folder)
    return [call for call in edited if call_folder_of(call) != wanted[call.code]]


def edited_among(codes: Collection[str]) -> set[str]:
    """Those of the calls that were edited in the browser since they were loaded."""
    rows = Call.objects.filter(code__in=codes, edited_at__isnull=False)
    return set(rows.values_list("code", flat=True))


def calls_elsewhere(folder: shapes.Folder) -> list[Call]:
    """Calls of other programmes that have the code of a call of this folder."""
    same = Call.objects.filter(code__in=folder.calls).select_related("programme")
    return list(same.exclude(programme__code=folder.programme.code))


def calls_with_new_form(folder: shapes.Folder) -> list[Call]:
    """Calls whose form the folder changes while applications are being written."""
    present = Call.objects.filter(code__in=folder.calls, applications__state="draft").distinct()
    return [call for call in present if call_folder_of(call).form != folder.calls[call.code].form]


def absent_calls(folder: shapes.Folder) -> dict[str, shapes.CallFolder]:
    """The calls of the folder that are not loaded yet."""
    present = set(Call.objects.filter(code__in=folder.calls).values_list("code", flat=True))
    return {code: call for code, call in folder.calls.items() if code not in present}
