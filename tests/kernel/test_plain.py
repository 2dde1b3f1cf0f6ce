"""One canonical text for one content."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fondaco.calls.states import Kind
from fondaco.kernel.plain import canonical, fingerprint, plain

leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
trees = st.recursive(
    leaves,
    lambda kept: st.lists(kept, max_size=3) | st.dictionaries(st.text(max_size=5), kept),
    max_leaves=12,
)


@dataclass(frozen=True)
class Thing:
    """A value with a value inside."""

    kind: Kind
    on: date


def test_plain_writes_every_kind_of_value_as_json_knows_it():
    made = plain(
        {
            "at": datetime(2023, 4, 12, 15, tzinfo=UTC),
            "thing": Thing(Kind.VOUCHER, date(2023, 4, 1)),
            "amount": Decimal("1.50"),
            "set": frozenset({"b", "a"}),
            "pair": (1, None, True, 0.5),
            3: Thing,
        }
    )

    assert made == {
        "at": "2023-04-12T15:00:00+00:00",
        "thing": {"kind": "voucher", "on": "2023-04-01"},
        "amount": "1.50",
        "set": ["a", "b"],
        "pair": [1, None, True, 0.5],
        "3": str(Thing),
    }


def test_canonical_has_no_spaces_sorted_keys_and_letters_as_they_are():
    assert canonical({"b": 1, "a": "é ع"}) == '{"a":"é ع","b":1}'.encode()


@given(st.dictionaries(st.text(max_size=5), leaves))
def test_the_order_of_keys_does_not_change_the_fingerprint(content):
    turned = dict(reversed(content.items()))

    assert fingerprint(turned) == fingerprint(content)


@given(trees)
def test_canonical_reads_back_as_the_same_content(content):
    assert json.loads(canonical(content)) == content


@given(trees)
def test_plain_of_plain_is_the_same(content):
    assert plain(plain(content)) == plain(content)


def test_fingerprint_is_sha_256_over_salt_and_text():
    expected = hashlib.sha256(b'salt{"a":1}').hexdigest()

    assert fingerprint({"a": 1}, salt="salt") == expected


def test_fingerprints_with_and_without_salt_differ():
    assert fingerprint({"a": 1}, salt="x") != fingerprint({"a": 1})
