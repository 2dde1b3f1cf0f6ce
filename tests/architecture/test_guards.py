"""The house rules, held over every file of the house."""

import importlib
from enum import EnumMeta

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from fondaco.calls.models import Call
from fondaco.directory.models import Person
from fondaco.programmes.states import RoleKind
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


def upwards(known):
    """The keys that lead from a slice to one that stands above it."""
    return [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in known
        if model.__module__.startswith("fondaco.")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model.__module__.startswith("fondaco.")
        and guards.depth_of(field.related_model._meta.app_label)
        < guards.depth_of(model._meta.app_label)
    ]


def test_foreign_keys_point_downwards():
    assert upwards(apps.get_models()) == []


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


def lost(known):
    """The models that neither reach a programme nor are shared."""
    return [
        model.__name__
        for model in known
        if model.__module__.startswith("fondaco.")
        and model.__name__ not in SHARED
        and not model._meta.auto_created
        and not _reaches_programme(model)
    ]


def test_every_model_reaches_its_programme_or_is_shared():
    assert lost(apps.get_models()) == []


def test_every_shared_model_is_there():
    assert sorted(SHARED - {model.__name__ for model in apps.get_models()}) == []


@isolate_apps()
def test_a_key_that_leads_upwards_and_a_model_without_a_programme_are_seen():
    def planted(name, slice_, **fields):
        meta = type("Meta", (), {"app_label": slice_})
        own = {"__module__": f"fondaco.{slice_}.models", "Meta": meta}
        return type(models.Model)(name, (models.Model,), own | fields)

    def key(to, kind=models.ForeignKey):
        more = {} if kind is models.ManyToManyField else {"on_delete": models.CASCADE}
        return kind(to, related_name="+", **more)

    up = planted("Upward", "trail", call=key(Call))
    many = planted("Several", "directory", calls=key(Call, models.ManyToManyField))
    stray = planted("Stray", "calls", person=key(Person))
    bare = planted("Bare", "calls")
    good = planted("Good", "evaluation", call=key(Call))

    assert upwards([up, many, stray, bare, good]) == [
        "trail.Upward.call -> calls.Call",
        "directory.Several.calls -> calls.Call",
    ]
    assert lost([up, stray, bare, good]) == ["Stray", "Bare"]


DECIDING = ("rules", "states", "services", "access")


def _deciding_places():
    return sorted(
        {
            (slice_, word)
            for slice_, word in map(guards.place_of, guards.FILES)
            if slice_ in SLICES and word in DECIDING
        }
    )


def has_mirror(folder, word):
    """Whether the folder of a slice's tests has a file about this one, with a test in it."""
    mirrors = [*folder.glob(f"test_{word}*.py"), *folder.glob(f"{word}/test_*.py")]
    return any("def test_" in mirror.read_text("utf-8") for mirror in mirrors)


@pytest.mark.parametrize(("slice_", "word"), _deciding_places())
def test_every_deciding_file_has_its_mirror_with_tests(slice_, word):
    assert has_mirror(guards.ROOT / "tests" / slice_, word)


def test_a_deciding_file_without_tests_is_seen(tmp_path):
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "test_sending.py").write_text("def test_it_is_sent(): ...")
    (tmp_path / "test_rules_opening.py").write_text("def test_it_opens(): ...")
    (tmp_path / "test_states.py").write_text('"""No test yet."""')

    assert [word for word in DECIDING if not has_mirror(tmp_path, word)] == ["states", "access"]


def _words_of(module_name):
    try:
        return importlib.import_module(module_name)
    except ModuleNotFoundError:
        return None


def incomplete(named):
    """The words of states and reasons that a dictionary of phrases leaves out."""
    found = []
    for name, words in named.items():
        kinds = (
            {type(key) for key in words} if name.isupper() and isinstance(words, dict) else set()
        )
        enums = [kind for kind in kinds if isinstance(kind, EnumMeta)]
        if len(enums) == 1:
            found += [f"{name}: {word}" for word in guards.without_phrase(words, list(enums[0]))]
    return found


@pytest.mark.parametrize("slice_", sorted(SLICES))
def test_every_dictionary_of_phrases_is_complete(slice_):
    phrases = _words_of(f"fondaco.{slice_}.phrases")

    assert incomplete(vars(phrases) if phrases else {}) == []


def test_a_dictionary_that_leaves_a_state_out_is_seen():
    kinds = dict.fromkeys(RoleKind, "x")
    del kinds[RoleKind.OFFICER]

    assert incomplete({"KINDS": kinds, "other": {}, "WORDS": {"a": "b"}}) == ["KINDS: officer"]
