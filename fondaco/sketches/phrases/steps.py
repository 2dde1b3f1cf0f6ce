"""The pages of the builder in their order."""

from fondaco.sketches.phrases.basics import BASICS, TIMETABLE
from fondaco.sketches.phrases.fields import fields_of, tables_of
from fondaco.sketches.phrases.judging import DECIDED, JUDGED
from fondaco.sketches.phrases.money import MONEY, WHO
from fondaco.sketches.phrases.questions import FORM
from fondaco.sketches.phrases.record import RECORD

STEPS = (BASICS, TIMETABLE, MONEY, WHO, JUDGED, DECIDED, FORM, RECORD)
BY_CODE = {step.code: step for step in STEPS}
TABLES = {place: table for step in STEPS for place, table in tables_of(step.parts)}
FIELDS = {place: field for step in STEPS for place, field in fields_of(step.parts)}
STEP_OF = {
    place: step.code
    for step in STEPS
    for places in (fields_of(step.parts), tables_of(step.parts))
    for place, _part in places
}
