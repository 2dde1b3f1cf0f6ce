"""The pages of the builder for what a call is, and for its dates."""

from django.utils.translation import gettext_lazy as _

from fondaco.calls.states import Intake
from fondaco.sketches.phrases.fields import SOURCE, Field, Step, Table, When
from fondaco.sketches.states import Kind

BASICS = Step(
    "basics",
    _("What it is"),
    _("The title, the summary and what everybody reads first."),
    (
        Field("call.title", Kind.TEXTS, _("Title"), longest=200),
        Field("call.summary", Kind.TEXTS, _("Summary"), _("Two sentences."), longest=600),
        Field("about", Kind.LONG_TEXTS, _("What it is for"), _("In Markdown.")),
        Field("call.kind", Kind.WORD, _("What an award is"), choices="kinds"),
        Field("call.intake", Kind.WORD, _("How applications are taken in"), choices="intakes"),
        Field(
            "call.queue.order",
            Kind.WORD,
            _("In what order they are served"),
            choices="queue_orders",
            when=When("call.intake", (Intake.FIRST_COME,)),
        ),
        Field(
            "call.queue.window",
            Kind.COUNT,
            _("Minutes from the opening in which the order is drawn"),
            when=When("call.intake", (Intake.FIRST_COME,)),
        ),
        Field(
            "call.stage_of",
            Kind.CODE,
            _("Short name of the first stage"),
            when=When("call.intake", (Intake.STAGED,)),
        ),
        Field(
            "call.invites",
            Kind.COUNT,
            _("How many of the first stage are invited"),
            when=When("call.intake", (Intake.STAGED,)),
        ),
        Field(
            "call.form_languages",
            Kind.WORDS,
            _("Languages in which one may answer"),
            choices="languages",
        ),
        Field("call.ecosystems", Kind.WORDS, _("Ecosystems"), choices="ecosystems"),
        Field("call.partner", Kind.WORD, _("Partner who runs it"), choices="partners"),
        Field("call.website", Kind.WEB, _("The call's own page")),
        Field("call.contact.text", Kind.TEXTS, _("Whom to ask")),
    ),
)
TIMETABLE = Step(
    "timetable",
    _("Timetable"),
    _("Times stand on the clock of the call's zone; each reader sees her own beside them."),
    (
        Field("call.timetable.zone", Kind.WORD, _("Time zone"), choices="zones"),
        Field("call.timetable.opens", Kind.MOMENT, _("Opens")),
        Field("call.timetable.closes", Kind.MOMENT, _("Closes")),
        Field(
            "call.timetable.cut_offs",
            Kind.MOMENTS,
            _("Cut-off dates before the last"),
            _("Each as 2027-03-01 17:00, with commas between them; the deadline is the last one."),
            when=When("call.intake", (Intake.CUT_OFFS,)),
        ),
        Field(
            "call.timetable.working_days",
            Kind.YES,
            _("Windows of this call count working days alone"),
        ),
        Field(
            "call.timetable.weekend",
            Kind.WORDS,
            _("Its weekend, where it is not the programme's"),
            choices="weekdays",
        ),
        Field(
            "call.timetable.reminders",
            Kind.WANTED,
            _("Reminders to drafts, days before the deadline"),
            _("Such as 7, 2: whoever has begun and not sent is written to on these days."),
        ),
        Table(
            "call.timetable.holidays",
            _("Holidays of this call"),
            _("Holiday"),
            _("Add a holiday"),
            (
                Field("on", Kind.DAY, _("Day")),
                Field("reason", Kind.TEXTS, _("Why"), longest=200),
            ),
            named="on",
            empty=_("None: windows leave out the weekend alone."),
        ),
        Table(
            "call.step",
            _("What comes after the deadline"),
            _("Date"),
            _("Add a date"),
            (
                Field("label", Kind.TEXTS, _("What happens"), longest=200),
                Field("kind", Kind.WORD, _("What kind of step it is"), choices="step_kinds"),
                Field("on", Kind.DAY, _("Day"), _("Leave it empty where it is not set yet.")),
                Field("after", Kind.COUNT, _("Or so many days after the deadline")),
                Field("internal", Kind.YES, _("Only officers see it")),
                *SOURCE,
            ),
            named="label",
            empty=_("No date after the deadline yet: evaluation, decision, letters, agreements."),
        ),
    ),
)
