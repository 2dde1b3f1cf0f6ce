"""Somebody who builds a call in the browser from the data of another, field by field."""

import json
import re
from html import unescape

from fondaco.sketches.models import Sketch
from fondaco.sketches.phrases.steps import FIELDS, STEP_OF, TABLES
from fondaco.sketches.rules.places import MARK, pattern_of, table_at
from fondaco.sketches.rules.typed import typed_of
from fondaco.sketches.states import Kind

GIVEN = frozenset({"call.code", "call.publish", "form.~"})
"""What a call has from its beginning, and what an act of its own changes."""


class Typist:
    """Fills the pages of the builder as they are shown, and presses their buttons."""

    def __init__(self, browser, call):
        self.browser, self.call = browser, call

    def build(self, data):
        """Type everything that the data says; what no page asks for is an error."""
        for name in ("call", "form", "about"):
            self._type(name, data.get(name) or {})

    def _type(self, place, value):
        """Gather what stands below a place, row by row, and type it."""
        mine = {}
        self._gather(place, value, mine)
        self._fill(mine)

    def _gather(self, place, value, mine):
        pattern = pattern_of(place)
        if pattern in TABLES:
            self._fill(mine)
            mine.clear()
            for row in value:
                self._type(f"{place}.{MARK}{self._added(place)}", row)
        elif pattern in GIVEN:
            return
        elif pattern in FIELDS:
            if isinstance(value, dict):
                mine.update({f"{place}.{language}": text for language, text in value.items()})
            else:
                mine[place] = value
        else:
            later = [key for key in value if f"{pattern}.{key}" in TABLES]
            for key in [*(key for key in value if key not in later), *later]:
                self._gather(f"{place}.{key}", value[key], mine)

    def _added(self, table):
        self._press(table, f"add|{table}")
        return table_at(Sketch.objects.get(call__code=self.call).content, table)[-1][MARK]

    def _step(self, place):
        pattern = pattern_of(place)
        while pattern not in STEP_OF:
            pattern = pattern.rpartition(".")[0]
        steps = place.split(".")
        row = steps[steps.index("question") + 1 :][:1] if "question" in steps else []
        opened = f"?open={row[0].removeprefix(MARK)}" if row else ""
        return f"/en/calls/{self.call}/build/{STEP_OF[pattern]}/{opened}"

    def _press(self, place, button):
        answer = self.browser.post(self._step(place), {"marks": "{}", "do": button})
        assert answer.status_code == 302, (place, button)

    def _fill(self, values):
        """Type values where the page asks for them, again while it asks for more."""
        left = dict(values)
        while left:
            html = self.browser.get(self._step(next(iter(left)))).content.decode()
            marks = json.loads(unescape(re.search(r'id="marks" value="([^"]*)"', html)[1]))
            asked = {place: left.pop(place) for place in list(left) if place in marks}
            if not asked:
                break
            step = self._step(next(iter(asked)))
            sent = {place: self._typed(place, value) for place, value in asked.items()}
            kept = {place: marks[place] for place in asked}
            self.browser.post(step, {"marks": json.dumps(kept), **sent})
        assert not left, f"no page asks for {sorted(left)}"

    def _typed(self, place, value):
        pattern = pattern_of(place)
        field = FIELDS.get(pattern) or FIELDS[pattern.rpartition(".")[0]]
        if field.kind == Kind.YES:
            return "yes" if value else ""
        if field.kind == Kind.WORDS:
            return value
        return typed_of(field.kind, value)
