"""The page of the builder for the form: sections, questions, answers to choose."""

from django.utils.translation import gettext_lazy as _

from fondaco.questionnaires.rules.schema import Kind as Asked
from fondaco.sketches.phrases.fields import SHORT_NAME, WITH_COMMAS, Field, Step, Table, When, rare
from fondaco.sketches.states import Kind

IS_GROUP = When("kind", (Asked.GROUP,))
CONDITIONS = (
    Table(
        "shown_when.condition",
        _("Asked only when"),
        _("Condition"),
        _("Add a condition"),
        (
            Field(
                "of",
                Kind.LINE,
                _("Which answer"),
                _("Short name of an earlier question, or a fact such as organisation.country."),
            ),
            Field("test", Kind.WORD, _("How it is compared"), choices="compared"),
            Field("value", Kind.WANTED, _("With what"), WITH_COMMAS),
        ),
        named="of",
        row=(("test", "is"),),
        is_rare=True,
    ),
    Field(
        "shown_when.match",
        Kind.WORD,
        _("How many of the conditions"),
        choices="matches",
        is_rare=True,
    ),
)
OPTIONS = Table(
    "option",
    _("Answers to choose from"),
    _("Answer"),
    _("Add an answer"),
    (
        Field("label", Kind.TEXTS, _("Answer"), longest=200),
        rare("code", Kind.CODE, SHORT_NAME),
    ),
    named="label",
    code="answer",
    when=When("kind", (Asked.CHOICE, Asked.CHOICES)),
)
COLUMNS = Table(
    "column",
    _("Columns"),
    _("Column"),
    _("Add a column"),
    (
        Field("label", Kind.TEXTS, _("Heading"), longest=200),
        Field("kind", Kind.WORD, _("What is answered"), choices="asked"),
        Field("required", Kind.YES, _("It must be answered")),
        Field("help", Kind.TEXTS, _("A hint below the heading")),
        OPTIONS,
        Field("limit", Kind.COUNT, _("Characters at most")),
        Field("at_least", Kind.NUMBER, _("At least")),
        Field("at_most", Kind.NUMBER, _("At most")),
        Field(
            "formula",
            Kind.LINE,
            _("Computed as"),
            _("Short names of columns with + - * / between them."),
        ),
        Field("total", Kind.YES, _("The column is added up")),
        rare("code", Kind.CODE, SHORT_NAME),
    ),
    named="label",
    code="column",
    row=(("kind", "short-text"),),
    when=IS_GROUP,
)
BUDGET = (
    Field("row_label", Kind.TEXTS, _("What one row is called"), when=IS_GROUP),
    Field(
        "budget.amount",
        Kind.CODE,
        _("A budget: column with the amounts"),
        when=IS_GROUP,
    ),
    Field("budget.category", Kind.CODE, _("Its column of categories"), when=IS_GROUP),
    Field("budget.grant", Kind.CODE, _("Its column of the grant that is asked"), when=IS_GROUP),
    Field("budget.percent", Kind.NUMBER, _("The grant is at most, in per cent"), when=IS_GROUP),
    Table(
        "budget.ceiling",
        _("Ceilings by category"),
        _("Ceiling"),
        _("Add a ceiling"),
        (
            Field("option", Kind.CODE, _("Category")),
            Field("most", Kind.MONEY, _("At most")),
            Field("percent", Kind.NUMBER, _("In per cent of all")),
        ),
        named="option",
        when=IS_GROUP,
    ),
)
QUESTIONS = Table(
    "question",
    _("Questions"),
    _("Question"),
    _("Add a question"),
    (
        Field("label", Kind.TEXTS, _("Question"), longest=300),
        Field("kind", Kind.WORD, _("What is answered"), choices="asked"),
        Field("required", Kind.YES, _("It must be answered")),
        Field("help", Kind.TEXTS, _("A hint below the question")),
        Field(
            "text",
            Kind.TEXTS,
            _("What is declared or signed"),
            when=When("kind", (Asked.DECLARATION, Asked.SIGNATURE)),
        ),
        OPTIONS,
        Field(
            "limit",
            Kind.COUNT,
            _("Characters at most"),
            when=When("kind", (Asked.SHORT_TEXT, Asked.LONG_TEXT)),
        ),
        Field(
            "at_least",
            Kind.NUMBER,
            _("At least"),
            when=When("kind", (Asked.NUMBER, Asked.MONEY, Asked.CHOICES)),
        ),
        Field(
            "at_most",
            Kind.NUMBER,
            _("At most"),
            when=When("kind", (Asked.NUMBER, Asked.MONEY, Asked.CHOICES)),
        ),
        Field(
            "accepts",
            Kind.CODES,
            _("Kinds of file"),
            _("pdf, png, jpg, docx, xlsx, odt; empty: all of these."),
            when=When("kind", (Asked.FILE,)),
        ),
        Field("megabytes", Kind.COUNT, _("Megabytes at most"), when=When("kind", (Asked.FILE,))),
        Field(
            "criterion",
            Kind.WORD,
            _("Criterion that it is read for"),
            choices="criteria",
            is_rare=True,
        ),
        Field(
            "private",
            Kind.YES,
            _("Bank or identity data: never kept in the applicant's browser"),
            is_rare=True,
        ),
        *CONDITIONS,
        COLUMNS,
        *BUDGET,
        rare("personal.purpose", Kind.TEXTS, _("Personal data: what it is for")),
        Field(
            "personal.months",
            Kind.COUNT,
            _("Months to keep it after the call closed"),
            is_rare=True,
        ),
        rare("seen_by", Kind.WORDS, _("Who may read the answer"), choices="readers"),
        Field(
            "prefill", Kind.LINE, _("Filled in from"), _("Such as organisation.name."), is_rare=True
        ),
        Field(
            "export", Kind.CODE, _("Column name in exports, where it is another one"), is_rare=True
        ),
        rare("block", Kind.CODE, _("Standard block that it comes from")),
        rare("code", Kind.CODE, SHORT_NAME),
    ),
    named="label",
    code="question",
    row=(("kind", Asked.SHORT_TEXT.value),),
    empty=_("No question yet in this section."),
    is_long=True,
)
FORM = Step(
    "form",
    _("Form"),
    _("What applicants are asked: sections are pages, questions stand on them."),
    (
        Table(
            "form.section",
            _("Sections"),
            _("Section"),
            _("Add a section"),
            (
                Field("title", Kind.TEXTS, _("Title"), longest=200),
                Field("intro", Kind.TEXTS, _("What stands above the questions")),
                *CONDITIONS,
                rare("code", Kind.CODE, SHORT_NAME),
                QUESTIONS,
            ),
            named="title",
            code="section",
            stands_open=True,
            empty=_("No section yet. A form needs at least one, with one question."),
        ),
    ),
)
