"""Programme folders that tests write, break and compare; all invented."""

from pathlib import Path

import pytest

from fondaco.calls.models import Act, Call, Criterion, Envelope, Item, Quota, Rule, Step
from fondaco.directory.models import Organisation, Picture
from fondaco.files.mistakes import FolderRefused
from fondaco.files.reading import read_folder
from fondaco.files.services import load_folder
from fondaco.mail.models import LetterTemplate
from fondaco.programmes.models import (
    KeyFact,
    Partner,
    Partnership,
    Period,
    Programme,
    Result,
    WorkPackage,
)
from fondaco.questionnaires.models import FormVersion
from tests.factories.directory import AT
from tools.paths import ROOT

FOUNDING = sorted(path.name for path in (ROOT / "programmes").iterdir() if path.is_dir())
PROGRAMME = """code = "bridge"
acronym = "BRIDGE"
languages = ["en", "fr"]
countries = ["TN", "IT"]
title.en = "Bridge"

[funder]
name.en = "An invented funder"
statement = "funded"

[money]
budget = 1000.5

[contact]
partner = "anima"

[look]
deep = "#0b3d5c"
bright = "#0f6e84"
tint = "#e9f3f5"
"""
PARTNERS = """[[partnership]]
code = "north"
name = "North"

[[partner]]
code = "anima"
name = "Anima"
country = "IT"
role = "coordinator"
partnership = "north"

[[partner]]
code = "berytech"
name = "Berytech"
role = "partner"
"""
PACKAGES = """[[work_package]]
number = 1
title.en = "Lead"
leader = "anima"
"""
RESULTS = """[[result]]
code = "trained"
title.en = "Firms trained"
target = 60
"""
CALL = """code = "bold-call"
kind = "sub-grant"
form_languages = ["en"]
partner = "anima"
title.en = "Bold call"

[timetable]
opens = 2023-03-15T00:00:00
closes = 2023-04-12T17:00:00

[[step]]
on = 2023-06-01
label.en = "Results"

[[event]]
kind = "extension"
at = 2023-04-12T17:00:00
closes = 2023-04-21T12:00:00
reason.en = "Everybody was given more time."

[money]
form = "menu"
[[money.item]]
code = "advice"
amount = 3000
name.en = "Advice"

[[rule]]
code = "country"
fact = "organisation.country"
test = "in"
value = ["TN", "IT"]
says.en = "It is in Tunisia or Italy."

[[rule]]
code = "team"
fact = "answer.members"
test = "at-least"
value = 2
says.en = "There are two of you."

[evaluation]
experts = 2
tie_breaks = ["relevance", "earliest"]

[[criterion]]
code = "relevance"
points = 100
name.en = "Relevance"
"""
FORM = """[[section]]
code = "project"
title.en = "Your project"

[[section.question]]
code = "project-title"
kind = "short-text"
criterion = "relevance"
label.en = "Title"

[[section.question]]
code = "members"
kind = "number"
at_least = 1
label.en = "Members"

[[section]]
code = "end"
title.en = "The end"

[[section.question]]
code = "topic"
kind = "choice"
label.en = "Topic"
[[section.question.option]]
code = "training"
label.en = "Training"
"""
FILES = {
    "programme.toml": PROGRAMME,
    "partners.toml": PARTNERS,
    "work-packages.toml": PACKAGES,
    "results.toml": RESULTS,
    "about.en.md": "# Bridge\n\nIt joins two shores.\n",
    "mark.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    "letters/awarded.en.md": "# Good news\n\nDear {{ person }}, {{ call }} chose you.\n",
    "calls/bold-call/call.toml": CALL,
    "calls/bold-call/form.toml": FORM,
    "calls/bold-call/about.en.md": "For the bold.\n",
    "calls/bold-call/letters/reserve.en.md": "# Nearly\n\nDear {{ person }}, wait.\n",
}


def written(place: Path, files=FILES, name="bridge") -> Path:
    """The folder of a programme without a mistake."""
    root = place / name
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def changed(root: Path, file: str, before: str, after: str) -> int:
    """Put one text in the place of another in a file; the line it stood on."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {file}"
    path.write_text(text.replace(before, after), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def mistakes_of(root: Path, **more) -> list[tuple[str, int, str, str]]:
    """Everything that is wrong with a folder: file, line, what and remedy."""
    with pytest.raises(FolderRefused) as refused:
        read_folder(root, **more)
    return [(m.file, m.line, m.what, m.remedy) for m in refused.value.mistakes]


def loaded_at(root: Path, **more) -> Programme:
    """The programme of a folder, loaded at `AT`."""
    return load_folder(read_folder(root, **more), by_id=None, at=AT)


OF_PROGRAMME = (Period, KeyFact, Partnership, Partner, WorkPackage, Result)
OF_CALL = (Act, Step, Item, Envelope, Quota, Rule, Criterion)
MODELS = (Programme, *OF_PROGRAMME, Call, *OF_CALL, LetterTemplate, FormVersion)
DATED = {"added_at", "published_at", "made_at", "edited_at"}
KNOWN_BY = {
    Programme: "code",
    Organisation: "name",
    Picture: "sha256",
    Partnership: "code",
    Partner: "code",
    Call: "code",
    FormVersion: "fingerprint",
}


def rows_of(model):
    """Every row of a model without its numbers; what it points at goes by its own name."""
    fields = [f for f in model._meta.fields if f.name != "id" and f.name not in DATED]
    paths = [f"{f.name}__{KNOWN_BY[f.related_model]}" if f.is_relation else f.name for f in fields]
    return sorted((dict(row) for row in model.objects.order_by().values(*paths)), key=repr)


def everything():
    """The rows of every model that a folder fills, by model."""
    return {model.__name__: rows_of(model) for model in MODELS}
