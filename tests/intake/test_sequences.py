"""Saving, submitting, withdrawing, extending and crashing in any order: the promises hold."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from fondaco.applications.rules.saving import merged
from fondaco.intake.rules.bringing import carried, first_of
from fondaco.intake.rules.records import Kind, Record, framed, records_in
from fondaco.questionnaires.rules.answers import mark
from tests.factories.directory import AT

SECOND = timedelta(seconds=1)


@dataclass
class House:
    """One draft, its spool as bytes, and one page that types; the rules decide, nothing else.

    `is_away` means that the database is gone. Every act of the page takes a second.
    """

    closes: int = 20
    now: int = 0
    is_away: bool = False
    is_withdrawn: bool = False
    title: str = ""
    spool: bytes = b""
    brought: set = field(default_factory=set)
    steps: dict = field(default_factory=lambda: {"title": []})
    submissions: dict = field(default_factory=dict)
    was: str = mark("")
    acknowledged: str = ""
    promised: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    clashes: int = 0

    def record(self, kind, **more):
        """What the page sends now."""
        identity = f"{len(self.promised) + len(self.brought):032x}"
        return Record(identity, kind, "bc-a2b3c4", 1, 1, AT + self.now * SECOND, **more)

    def save(self, text, *, hears):
        """Type a text; an answer that is lost on its way is not heard."""
        record = self.record(Kind.SAVE, body=f"{self.was}|{text}")
        if self.is_away:
            self.keep(record)
        else:
            self.bring_in()
            self.take(record)
        if hears:
            self.was = mark(text) if not self.is_away else f"{self.was} {mark(text)}"
        self.acknowledged = text

    def submit(self, key):
        """Send the application."""
        record = self.record(Kind.SUBMIT, key=key)
        if self.is_away:
            self.keep(record)
        else:
            self.bring_in()
            self.take(record)

    def keep(self, record):
        """Acknowledge as received."""
        self.spool += framed(record)
        self.promised.append(record)

    def crash(self, part):
        """A writer dies in the middle of a record that nobody was told of."""
        whole = framed(self.record(Kind.SAVE, body="never acknowledged"))
        self.spool += whole[: int(part * (len(whole) - 1))]

    def bring_in(self, most=None):
        """The worker at its work; killed after `most` records it begins anew the next time."""
        for record in list(records_in(self.spool))[:most]:
            self.take(record)
        if most is None:
            self.spool = b""

    def take(self, record):
        """One transaction: nothing the second time, everything or a refusal the first."""
        if record.identity in self.brought:
            return
        if record.kind is Kind.SUBMIT:
            self._take_submission(record)
        else:
            self._take_save(record)
        self.brought.add(record.identity)

    def _take_submission(self, record):
        if record.key in self.submissions:
            return
        if self.is_withdrawn or record.at > AT + self.closes * SECOND:
            self.refused.append(record)
            return
        self.submissions[record.key] = (record.at, self.title)

    def _take_save(self, record):
        shown, _, text = record.body.partition("|")
        if self.is_withdrawn:
            self.refused.append(record)
            return
        stands = {"title": mark(self.title)}
        was = carried({"title": shown}, stands=stands, steps=self.steps)
        found = merged({"title": self.title}, {"title": text}, was)
        self.clashes += len(found.clashes)
        self.title = found.answers["title"]
        self.steps["title"].append((first_of(shown), mark(text)))


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("save"), st.sampled_from(["a", "ab", "abc", "b"]), st.booleans()),
        st.tuples(st.just("submit"), st.sampled_from(["k1", "k2"])),
        st.tuples(st.just("away")),
        st.tuples(st.just("back")),
        st.tuples(st.just("extend"), st.integers(1, 10)),
        st.tuples(st.just("withdraw")),
        st.tuples(st.just("crash"), st.floats(0, 1)),
        st.tuples(st.just("killed"), st.integers(0, 3)),
    ),
    max_size=25,
)


def lived(acts):
    """A house in which all of this has happened, and the database is back at the end."""
    house = House()
    for name, *told in acts:
        house.now += 1
        if name == "save":
            house.save(told[0], hears=told[1])
        elif name == "killed":
            if not house.is_away:
                house.bring_in(most=told[0])
        elif name in {"submit", "crash"}:
            getattr(house, name)(*told)
        else:
            moved(house, name, *told)
    house.is_away = False
    house.bring_in()
    return house


def moved(house, name, *told):
    """What others do to the house."""
    if name == "away":
        house.is_away = True
    elif name == "extend":
        house.closes += told[0]
    elif house.is_away and name == "withdraw":
        return
    elif name == "withdraw":
        house.bring_in()
        house.is_withdrawn = True
    else:
        house.is_away = False


@given(ACTS)
def test_whatever_was_acknowledged_is_there_or_was_refused(acts):
    house = lived(acts)

    assert {record.identity for record in house.promised} <= house.brought
    if not house.is_withdrawn:
        assert house.title == house.acknowledged


@given(ACTS)
def test_a_page_alone_never_clashes_with_itself(acts):
    assert lived(acts).clashes == 0


@given(ACTS)
def test_a_key_is_one_submission_in_time_or_none(acts):
    house = lived(acts)

    assert all(at <= AT + house.closes * SECOND for at, _title in house.submissions.values())
    for record in house.promised:
        if record.kind is Kind.SUBMIT and record not in house.refused:
            assert record.key in house.submissions


@given(ACTS)
def test_bringing_everything_in_twice_changes_nothing(acts):
    house = lived(acts)
    before = (house.title, dict(house.submissions), list(house.refused))

    house.spool = b"".join(map(framed, house.promised))
    house.bring_in()

    assert (house.title, house.submissions, house.refused) == before


def test_a_submission_received_in_time_is_in_time_after_the_deadline():
    house = House(closes=5)
    house.save("a", hears=True)
    house.is_away, house.now = True, 5
    house.submit("k")
    house.now = 900
    house.is_away = False
    house.bring_in()

    assert house.submissions == {"k": (AT + 5 * SECOND, "a")}
    late = replace(house.promised[0], identity="f" * 32, key="late", at=AT + 6 * SECOND)
    house.take(late)
    assert house.refused == [late]
