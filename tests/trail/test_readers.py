"""Everything that gets an entry has a reader of its story, and every kind of entry a name."""

import ast
from pathlib import Path

import pytest

import fondaco
from fondaco.trail import access, phrases

CODE = Path(fondaco.__file__).parent
FILES = sorted(file for file in CODE.rglob("*.py") if "migrations" not in file.parts)
CODES = {
    "application": "applications", "application.code": "applications", "subject": "applications",
    "call.code": "calls", "draw.call.code": "calls",
    "export.call.code": "calls", "guest.call.code": "calls", "enquiry.code": "enquiries",
    "decision.code": "evaluation", "outcome.decision.code": "evaluation",
    "claim.application.code": "applications", "proposal.call.code": "calls",
    "letter.code": "mail", "programme.code": "programmes", "role.programme.code": "programmes",
}  # fmt: skip
"""Subjects that are a bare code, and the slice that says who reads their story."""
OWN_CODE = {"directory": "directory", "programmes": "programmes"}
"""Slices that record about a bare `code`: their own."""
OF_ANY_SLICE = {"trail": {"heard.entry.subject"}, "documents": {"upload.owner"}}
"""Recorded in the story of whatever thing it happened to."""


def subjects_in(text):
    """What a file records about: each subject as it is written."""
    return [
        keyword.value
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == "record"
        for keyword in call.keywords
        if keyword.arg == "subject"
    ]


def owners():
    """Who says who reads: the beginning of the subject, and the slice that answers."""
    return {(prefix, may_read.__module__.split(".")[1]) for prefix, may_read in access.OWNERS}


def has_reader(subject, slice_):
    """Whether some slice answers for a subject that this slice records about."""
    written = ast.unparse(subject)
    if isinstance(subject, ast.JoinedStr):
        prefix = getattr(subject.values[0], "value", "")
        return bool(prefix) and (prefix, slice_) in owners()
    if written == "INSTALLATION":
        return (access.INSTALLATION, "directory") in owners()
    owner = OWN_CODE.get(slice_, "") if written == "code" else CODES.get(written, "")
    is_known = {("", owner), ("L-", owner), ("Q-", owner)} & owners()
    return bool(owner and is_known) or written in OF_ANY_SLICE.get(slice_, ())


def without_reader(text, slice_):
    """The subjects of a file whose story nobody could read."""
    return [ast.unparse(one) for one in subjects_in(text) if not has_reader(one, slice_)]


@pytest.mark.parametrize("slice_", sorted({file.relative_to(CODE).parts[0] for file in FILES}))
def test_every_thing_that_is_recorded_about_has_a_reader(slice_):
    texts = [file.read_text("utf-8") for file in FILES if file.relative_to(CODE).parts[0] == slice_]

    assert [one for text in texts for one in without_reader(text, slice_)] == []


def test_things_are_recorded_about():
    found = {ast.unparse(one) for file in FILES for one in subjects_in(file.read_text("utf-8"))}

    assert len(found) > 10


@pytest.mark.parametrize(
    "subject", ['f"kettle-{pk}"', "kettle.code", "code", 'f"{call.code}-{pk}"', '"kettle"']
)
def test_a_thing_without_a_reader_is_seen(subject):
    planted = f'trail.record(\n    "kettle.boiled", subject={subject}, by_id=None, at=at\n)'

    assert without_reader(planted, "evaluation") == [ast.unparse(ast.parse(subject, mode="eval"))]


def test_a_beginning_is_of_the_slice_that_answers_for_it():
    planted = 'record("panel.seated", subject=f"panel-{call.code}")'

    assert without_reader(planted, "evaluation") == []
    assert without_reader(planted, "training") == ["f'panel-{call.code}'"]


def kinds_without_name(verbs):
    """The kinds of verbs that a reader could not choose by name."""
    return sorted({phrases.kind_of(verb) for verb in verbs} - phrases.said_kinds())


def test_every_kind_of_entry_has_a_name():
    assert kinds_without_name(phrases.said_verbs()) == []
    assert kinds_without_name(["kettle.boiled", "call.loaded"]) == ["kettle"]
    assert phrases.name_of_kind("kettle") == "kettle"
