"""The days on which drafts are reminded: loaded, dumped, and nothing to change the next time."""

import pytest

from fondaco.calls.models import Call
from fondaco.files.reading import read_folder
from fondaco.files.selectors import pending_changes
from fondaco.files.services import load_folder
from fondaco.files.writing import folder_of, write_folder
from tests.factories.directory import AT
from tests.files.folders import changed, written

FILE = "calls/bold-call/call.toml"


@pytest.mark.django_db
def test_the_days_of_reminders_come_back_as_they_were_loaded(tmp_path):
    root = written(tmp_path)
    changed(root, FILE, "[timetable]", "[timetable]\nreminders = [7, 2]")

    programme = load_folder(read_folder(root), by_id=None, at=AT)
    again = tmp_path / "again" / "bridge"
    write_folder(folder_of(programme), again)

    assert Call.objects.get(code="bold-call").reminders == [7, 2]
    assert pending_changes(read_folder(again)) == []
    assert read_folder(again) == read_folder(root)
