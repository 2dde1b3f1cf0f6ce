"""The page of the builder for sources, gaps and what happened before."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from fondaco.sketches.phrases.fields import SOURCE, Field, Step, Table, When
from fondaco.sketches.states import Kind

RECORD = Step(
    "record",
    _("Sources and history"),
    _("For a call that ran elsewhere, or that others shall be able to check."),
    (
        *(replace(field, place=f"call.{field.place}") for field in SOURCE),
        Field("call.unknown", Kind.TEXTS, _("What could not be found")),
        Field("call.not_found", Kind.WORDS, _("Not known as such"), choices="not_found"),
        Field("call.timetable.source", Kind.CODES, _("Source of the timetable")),
        Field(
            "call.timetable.confidence",
            Kind.WORD,
            _("How sure the timetable is"),
            choices="confidences",
        ),
        Field("call.money.source", Kind.CODES, _("Source of the money")),
        Field(
            "call.money.confidence", Kind.WORD, _("How sure the money is"), choices="confidences"
        ),
        Table(
            "call.event",
            _("What happened since its publication"),
            _("Event"),
            _("Add an event"),
            (
                Field("kind", Kind.WORD, _("What happened"), choices="acts"),
                Field("at", Kind.MOMENT, _("When")),
                Field("closes", Kind.MOMENT, _("New deadline"), when=When("kind", ("extension",))),
                Field("reason", Kind.TEXTS, _("Reason")),
                *SOURCE,
            ),
            named="reason",
            row=(("kind", "corrigendum"),),
            empty=_("Nothing. What you record on the office's pages comes here by itself."),
        ),
    ),
)
