"""How rows of the trail name themselves where somebody looks for a fault."""

from fondaco.trail.models import Entry, Heard, PersonKey, Seal, Sealed, SealKey


def test_rows_name_themselves():
    named = [
        Entry(verb="thing.done", subject="thing-1"),
        Sealed(number=1, chain="a" * 64),
        Seal(number=2, chain="b" * 64),
        SealKey(key_id="66687aadf862bd77"),
        Heard(reaction="follow", entry_id=3),
        PersonKey(person_id=4),
    ]

    assert [str(row) for row in named] == [
        "thing.done thing-1", "1 aaaaaaaaaaaa", "2 bbbbbbbbbbbb", "66687aadf862bd77", "follow 3",
        "4",
    ]  # fmt: skip
