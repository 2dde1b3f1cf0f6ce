"""The pages of the builder for evaluation, decision, redress and questions."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from fondaco.sketches.phrases.fields import INVENTED, SHORT_NAME, SOURCE, Field, Step, Table, When
from fondaco.sketches.states import Kind

JUDGED = Step(
    "evaluation",
    _("Evaluation"),
    _("Who reads an application, how it is marked, and what decides between equals."),
    (
        Field(
            "call.evaluation.experts",
            Kind.COUNT,
            _("Evaluators for each application"),
            _("None: an officer checks the rules, and nothing is marked."),
        ),
        Field("call.evaluation.scale", Kind.WORD, _("How marks are given"), choices="scales"),
        Field("call.evaluation.step", Kind.NUMBER, _("Smallest step of a mark")),
        Table(
            "call.criterion",
            _("Criteria"),
            _("Criterion"),
            _("Add a criterion"),
            (
                Field("name", Kind.TEXTS, _("Name"), longest=200),
                Field("asks", Kind.TEXTS, _("What the evaluator asks herself")),
                Field("points", Kind.NUMBER, _("Points at most")),
                Field("weight", Kind.NUMBER, _("Weight")),
                Field("threshold", Kind.NUMBER, _("Threshold")),
                Field("invented", Kind.YES, INVENTED, is_rare=True),
                Field("code", Kind.CODE, SHORT_NAME, is_rare=True),
                *SOURCE,
            ),
            named="name",
            code="criterion",
            row=(("points", "10"),),
            empty=_("No criterion yet. Without criteria, nothing is marked."),
        ),
        Field("call.evaluation.threshold", Kind.NUMBER, _("Threshold overall")),
        Field(
            "call.evaluation.tie_breaks",
            Kind.CODES,
            _("Between equals, in this order"),
            _("Short names of criteria, “earliest” or “draw”, with commas between them."),
        ),
        Field("call.evaluation.show_scores", Kind.YES, _("Applicants see their scores")),
        Field("call.evaluation.show_comments", Kind.YES, _("Applicants read the comments")),
    ),
)
DECIDED = Step(
    "decision",
    _("Decision and redress"),
    _("Who decides, and what applicants can do before and after."),
    (
        Field("call.decision.by", Kind.WORD, _("Who decides"), choices="deciders"),
        Field(
            "call.decision.partners",
            Kind.WORDS,
            _("Partners who must agree"),
            choices="partners",
            when=When("call.decision.by", ("each",)),
        ),
        Field("call.completion.days", Kind.COUNT, _("Days to bring what is missing")),
        Field("call.redress.days", Kind.COUNT, _("Days to question a decision")),
        Field("call.redress.answer_days", Kind.COUNT, _("Days to answer")),
        Field("call.redress.ground", Kind.TEXTS, _("On what grounds, in words")),
        Table(
            "call.redress.grounds",
            _("Grounds that are admitted"),
            _("Ground"),
            _("Add a ground"),
            (
                Field("label", Kind.TEXTS, _("Ground"), longest=200),
                Field("code", Kind.CODE, SHORT_NAME, is_rare=True),
            ),
            named="label",
            code="ground",
        ),
        Field(
            "call.prevented.evidence",
            Kind.TEXTS,
            _("What somebody shows whom the platform kept from sending"),
        ),
        Field(
            "call.questions.ask_until",
            Kind.COUNT,
            _("Last day to ask, in days before the deadline"),
        ),
        Field(
            "call.questions.answer_until",
            Kind.COUNT,
            _("Last day to answer, in days before the deadline"),
        ),
        Field("call.questions.answer_within", Kind.COUNT, _("Days to answer a question")),
        Field(
            "call.questions.refusal",
            Kind.TEXTS,
            _("What is said where somebody asks for an opinion before the decision"),
        ),
        *(replace(field, place=f"call.questions.{field.place}") for field in SOURCE),
        Field("call.prevented.hours", Kind.COUNT, _("Hours after the deadline to claim it")),
    ),
)
