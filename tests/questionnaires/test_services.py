"""Freezing forms."""

import pytest

from fondaco.questionnaires.models import FormVersion
from fondaco.questionnaires.rules.schema import SchemaMistake
from fondaco.questionnaires.selectors import form_of
from fondaco.questionnaires.services import freeze_form
from tests.factories.directory import AT
from tests.factories.questionnaires import SMALL, question, schema, section

pytestmark = pytest.mark.django_db
OTHER = schema(section("a", question("q")))


def test_the_same_content_is_the_same_version():
    first = freeze_form("call", SMALL, at=AT)

    again = freeze_form("call", SMALL, at=AT)

    assert again == first
    assert (first.number, first.made_at) == (1, AT)


def test_other_content_is_a_new_version_and_the_old_one_comes_back():
    first = freeze_form("call", SMALL, at=AT)

    second = freeze_form("call", OTHER, at=AT)

    assert second.number == 2
    assert freeze_form("call", SMALL, at=AT) == first
    assert freeze_form("other", SMALL, at=AT).number == 1


def test_data_that_is_no_form_is_not_frozen():
    with pytest.raises(SchemaMistake):
        freeze_form("call", {}, at=AT)

    assert FormVersion.objects.count() == 0


def test_a_form_is_read_once(monkeypatch):
    version = freeze_form("call", SMALL, at=AT)

    assert form_of(version) is form_of(FormVersion.objects.get())


def test_forms_in_memory_are_bounded(monkeypatch):
    monkeypatch.setattr("fondaco.questionnaires.selectors.MOST_KEPT", 1)
    first, second = freeze_form("call", SMALL, at=AT), freeze_form("call", OTHER, at=AT)

    kept = form_of(first)
    form_of(second)

    assert form_of(first) == kept
