"""The house rules, held over every file of the house."""

import importlib
from enum import EnumMeta

import pytest
from django.apps import apps
from django.db import models

from tests.architecture import guards

SLICES = guards.slices()
IN_SLICES = [f for f in guards.FILES if guards.place_of(f)[0] in SLICES]
TEMPLATES = sorted(guards.CODE.rglob("*.html"))


def _name(file):
    return str(file.relative_to(guards.CODE))


@pytest.mark.parametrize("file", IN_SLICES, ids=_name)
def test_only_services_write_and_only_selectors_query(file):
    text, (_slice, word) = file.read_text("utf-8"), guards.place_of(file)

    assert guards.writes_outside_services(text, word) == []
    assert guards.queries_outside_selectors(text, word) == []


@pytest.mark.parametrize("file", guards.FILES, ids=_name)
def test_other_slices_are_met_only_at_their_public_face(file):
    own, _word = guards.place_of(file)

    offences = (
        [] if own in guards.LOOKING_ACROSS else guards.strangers_met(file.read_text("utf-8"), own)
    )

    assert offences == []


@pytest.mark.parametrize("file", guards.FILES, ids=_name)
def test_nothing_is_longer_than_a_screen_can_hold(file):
    assert guards.too_long(file.read_text("utf-8"), guards.place_of(file)[1]) == []


@pytest.mark.parametrize(
    "file",
    [f for f in IN_SLICES if guards.place_of(f)[1] in guards.TOLD_THE_TIME],
    ids=_name,
)
def test_rules_services_and_selectors_are_told_the_time(file):
    assert guards.clocks_read(file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=_name)
def test_no_template_holds_inline_script_or_style(file):
    assert guards.in_template(file.read_text("utf-8")) == []


def test_foreign_keys_point_downwards():
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model.__module__.startswith("fondaco.")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model.__module__.startswith("fondaco.")
        and guards.depth_of(field.related_model._meta.app_label)
        < guards.depth_of(model._meta.app_label)
    ]

    assert upwards == []


SHARED = {
    "Person", "Organisation", "Post", "Invitation", "Bond", "SignInLink", "JoinRequest",
    "Entry", "Sealed", "Seal", "Heard", "PersonKey", "SealKey", "ReceiptKey",
    "WorkerBeat", "Turn", "FormVersion", "Upload", "Transfer", "Picture", "MailboxMessage",
    "Programme", "Minute",
}  # fmt: skip
"""What belongs to no programme: people, organisations, the trail, plumbing, forms by call code."""


def _reaches_programme(model, seen=()):
    if model.__name__ == "Programme":
        return True
    forward = [
        f.related_model for f in model._meta.get_fields() if isinstance(f, models.ForeignKey)
    ]
    return any(
        _reaches_programme(other, (*seen, model))
        for other in forward
        if other not in (*seen, model)
    )


def test_every_model_reaches_its_programme_or_is_shared():
    lost = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("fondaco.")
        and model.__name__ not in SHARED
        and not model._meta.auto_created
        and not _reaches_programme(model)
    ]

    assert lost == []


DECIDING = ("rules", "states", "services", "access")


def _deciding_places():
    return sorted(
        {
            (slice_, word)
            for slice_, word in map(guards.place_of, guards.FILES)
            if slice_ in SLICES and word in DECIDING
        }
    )


@pytest.mark.parametrize(("slice_", "word"), _deciding_places())
def test_every_deciding_file_has_its_mirror_with_tests(slice_, word):
    folder = guards.ROOT / "tests" / slice_
    mirrors = [*folder.glob(f"test_{word}*.py"), *folder.glob(f"{word}/test_*.py")]

    assert any("def test_" in mirror.read_text("utf-8") for mirror in mirrors)


def _words_of(module_name):
    try:
        return importlib.import_module(module_name)
    except ModuleNotFoundError:
        return None


@pytest.mark.parametrize("slice_", sorted(SLICES))
def test_every_dictionary_of_phrases_is_complete(slice_):
    phrases = _words_of(f"fondaco.{slice_}.phrases")
    incomplete = []
    for name, words in vars(phrases).items() if phrases else ():
        kinds = (
            {type(key) for key in words} if name.isupper() and isinstance(words, dict) else set()
        )
        enums = [kind for kind in kinds if isinstance(kind, EnumMeta)]
        if len(enums) == 1:
            incomplete += [
                f"{name}: {word}" for word in guards.without_phrase(words, list(enums[0]))
            ]

    assert incomplete == []
