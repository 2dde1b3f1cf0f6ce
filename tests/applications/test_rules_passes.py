"""The pass of a draft page: nobody writes one but us, and it ends."""

from datetime import UTC, datetime, timedelta

import pytest

from fondaco.applications.rules.passes import LONGEST, Pass, read, written

KEY = b"a key of the tests"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
GIVEN = Pass(person=7, application="dsc-abc234", form=3, until=NOON + timedelta(hours=24))


def test_a_pass_says_again_what_was_written():
    assert read(written(GIVEN, key=KEY), key=KEY, at=NOON) == GIVEN


def test_a_pass_ends_at_its_moment():
    text = written(GIVEN, key=KEY)

    assert read(text, key=KEY, at=GIVEN.until - timedelta(seconds=1)) == GIVEN
    assert read(text, key=KEY, at=GIVEN.until) is None


def test_a_pass_of_another_key_is_none():
    assert read(written(GIVEN, key=b"another key"), key=KEY, at=NOON) is None


def test_what_is_said_and_what_proves_it_belong_together():
    mine = written(GIVEN, key=KEY)
    other = written(Pass(8, GIVEN.application, GIVEN.form, GIVEN.until), key=KEY)

    mixed = f"{other.partition('.')[0]}.{mine.partition('.')[2]}"

    assert read(mixed, key=KEY, at=NOON) is None


@pytest.mark.parametrize("text", ["", ".", "a", "a.b", "ü.ü", "e30.", "....", "x" * (LONGEST + 1)])
def test_what_is_no_pass_is_none(text):
    assert read(text, key=KEY, at=NOON) is None


def test_what_is_longer_than_a_pass_is_none_though_it_is_proven():
    long = written(Pass(7, "a" * LONGEST, 3, GIVEN.until), key=KEY)

    assert read(long, key=KEY, at=NOON) is None


def test_a_pass_stands_in_a_form_and_in_an_address_as_it_is():
    text = written(GIVEN, key=KEY)

    assert set(text) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
