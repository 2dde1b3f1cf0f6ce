"""Invented content for the gallery of parts: what a call, a form, a desk and a report could say."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondaco.web import words
from fondaco.web.lists import Column, Filter, Plan

Sample = dict[str, object]


class SampleForm(forms.Form):
    """A few questions of every sort."""

    title = forms.CharField(
        label=gettext_lazy("Title of the project"),
        help_text=gettext_lazy("One line that a neighbour would understand."),
        max_length=120,
    )
    country = forms.ChoiceField(label=gettext_lazy("Country where the work takes place"))
    stage = forms.ChoiceField(
        label=gettext_lazy("How far the idea has come"), widget=forms.RadioSelect
    )
    story = forms.CharField(
        label=gettext_lazy("What will you try?"),
        help_text=gettext_lazy("With whom, and how you will know that it worked."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=600,
    )
    email = forms.EmailField(
        label=gettext_lazy("Address for answers"),
        help_text=gettext_lazy("For example name@example.org"),
    )
    costs = forms.IntegerField(label=gettext_lazy("Costs in euros"), required=False)
    is_read = forms.BooleanField(label=gettext_lazy("We have read the conditions of the call"))


def filled_form() -> SampleForm:
    """A form that came back with two mistakes."""
    answers = {
        "title": _("New yarn from old cloth"),
        "country": "TN",
        "stage": "sample",
        "story": _("We will spin yarn from cutting waste and weave three cloths with it."),
        "email": "sana@example",
    }
    form = SampleForm(answers)
    choices = {
        "country": [("TN", _("Tunisia")), ("IT", _("Italy")), ("EG", _("Egypt"))],
        "stage": [
            ("idea", _("Idea on paper")),
            ("sample", _("Sample in a laboratory")),
            ("pilot", _("First production")),
        ],
    }
    for name, offered in choices.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 the form above says so
        field.choices = offered
    return form


def _badge(label: str, tone: str, icon: str = "") -> Sample:
    """A short mark."""
    return {"label": label, "tone": tone, "icon": icon}


def _fact(label: str, value: str, note: str) -> Sample:
    """One of the four facts under a band."""
    return {"label": label, "value": value, "note": note}


def _moment(when: str, what: str, state: str = "next", note: str = "") -> Sample:
    """A line of a timetable."""
    return {"when": when, "what": what, "state": state, "note": note}


def _file(label: str, about: str) -> Sample:
    """A document to take."""
    return {"label": label, "url": "#", "about": about}


def _meta(icon: str, text: str) -> Sample:
    """A fact at the foot of a card."""
    return {"icon": icon, "text": text}


def _entry(what: str, who: str, when: str, icon: str, tone: str = "told") -> Sample:
    """An entry of the story of a file."""
    return {"what": what, "who": who, "when": when, "icon": icon, "tone": tone}


def call() -> Sample:
    """What the head of a call shows."""
    return {
        "trail": [(_("Start"), "#"), (_("Calls"), "#")],
        "badges": [
            _badge(_("Open"), "open", "good"),
            _badge(_("Voucher"), "neutral"),
            _badge(_("Demonstration"), "demonstration"),
        ],
        "title": _("Vouchers for circular textiles: from waste fibre to new yarn"),
        "lead": _(
            "Up to €10,000 for small companies around the Mediterranean "
            "that try recycled fibres with a laboratory."
        ),
        "acts": [
            {"label": _("Start an application"), "url": "#", "icon": "arrow"},
            {"label": _("Ask a question"), "url": "#", "tone": "quiet", "icon": "question"},
        ],
        "facts": [
            _fact(_("Closes"), _("30 January 2027"), _("17:00 in Brussels")),
            _fact(_("Support"), _("up to €10,000"), _("80 per cent of the costs")),
            _fact(_("Budget"), _("€480,000"), _("48 vouchers expected")),
            _fact(_("For whom"), _("Small companies"), _("in seven countries")),
        ],
    }


def timetable() -> Sample:
    """The days of a call, and its documents."""
    change = _("You can change your application until then.")
    return {
        "moments": [
            _moment(_("15 November 2026"), _("The call opens"), "past"),
            _moment(_("30 January 2027"), _("Last day for applications"), "now", change),
            _moment(_("28 February 2027"), _("Everybody hears the result")),
            _moment(_("March to October 2027"), _("Work with the laboratory")),
        ],
        "documents": [
            _file(_("Guide for applicants"), _("PDF, 420 KB")),
            _file(_("Model agreement"), _("PDF, 96 KB")),
            _file(_("Budget sheet"), _("XLSX, 31 KB")),
        ],
    }


def cards() -> list[Sample]:
    """Three calls as cards."""
    return [
        {
            "title": _("A week with a partner abroad"),
            "badges": [_badge(_("Open"), "open")],
            "mark": _("Blue Port"),
            "text": _("Five days with a cluster in another country, to bring home what works."),
            "meta": [_meta("calendar", _("until 12 February")), _meta("money", _("lump sum"))],
        },
        {
            "title": _("Water that is used twice"),
            "badges": [_badge(_("Closes soon"), "soon", "clock")],
            "mark": _("River House"),
            "text": _("For dyers and tanners who want to clean their water and use it again."),
            "meta": [_meta("calendar", _("3 days left")), _meta("money", _("up to €20,000"))],
        },
        {
            "title": _("First steps in export"),
            "badges": [_badge(_("Closed"), "closed", "lock")],
            "mark": _("Market Square"),
            "text": _("Six evenings and one fair: how to calculate, pack and sell across the sea."),
            "meta": [_meta("people", _("24 places")), _meta("chart", _("results published"))],
        },
    ]


def frame() -> Sample:
    """Steps, tabs and pairs."""
    return {
        "steps": [
            {"label": _("Organisation"), "url": "#", "state": "done"},
            {"label": _("Project"), "state": "now"},
            {"label": _("Budget"), "url": "#", "state": "next"},
            {"label": _("Check and send"), "url": "#", "state": "next"},
        ],
        "tabs": [
            {"label": _("File"), "url": "#tabs", "is_current": True},
            {"label": _("Scores"), "url": "#tabs", "count": 3},
            {"label": _("Letters"), "url": "#tabs", "count": 12},
            {"label": _("Story"), "url": "#tabs"},
        ],
        "pairs": [
            (_("Legal name"), "Atelier du Golfe SARL"),
            (_("Country"), _("Tunisia")),
            (_("People at work"), "34"),
            (_("Status"), _("Small company")),
        ],
    }


def waits() -> list[Sample]:
    """What waits for a reader."""
    return [
        {
            "what": _("Finish your application"),
            "about": _("Vouchers for circular textiles"),
            "left": _("2 days left"),
            "until": _("until 24 November, 17:00"),
            "tone": "bad",
            "icon": "pen",
        },
        {
            "what": _("Score three applications"),
            "about": _("A week with a partner abroad"),
            "left": _("9 days left"),
            "until": _("until 1 December"),
            "tone": "soon",
            "icon": "star",
        },
        {
            "what": _("Sign the agreement"),
            "about": _("Water that is used twice"),
            "until": _("no deadline"),
            "icon": "seal",
        },
    ]


def work() -> Sample:
    """What officers and evaluators see."""
    asked = _("An officer asked for a clearer budget")
    return {
        "entries": [
            _entry(_("The application was sent"), "Sana Trabelsi", "19.11., 16:42", "mail", "good"),
            _entry(asked, "Marco Bellini", "20.11., 09:15", "question", "soon"),
            _entry(_("The budget sheet was replaced"), "Sana Trabelsi", "20.11., 11:03", "file"),
            _entry(_("The reserve was lifted"), "Marco Bellini", "21.11., 08:30", "check", "good"),
        ],
        "scale": [0, 1, 2, 3, 4, 5],
        "headings": [_("Application"), _("Country"), _("State"), _("Points"), _("Support")],
        "files": [
            ["CT-0017 · Atelier du Golfe", _("Tunisia"), _("eligible"), "87", words.amount(960000)],
            ["CT-0021 · Filatura Arno", _("Italy"), _("eligible"), "82", words.amount(1000000)],
            ["CT-0009 · Nile Weavers", _("Egypt"), _("asked"), "74", words.amount(740000)],
        ],
        "total": [_("Together"), "", "", "243", words.amount(2700000)],
    }


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A row of the gallery's list."""

    code: str
    name: str
    state: str
    points: int


LISTED_FILES = Plan(
    "gallery",
    {
        "code": Column(gettext_lazy("Number"), ["code"], lambda row: row.code),
        "name": Column(gettext_lazy("Organisation"), ["name"], lambda row: row.name),
        "state": Column(gettext_lazy("State"), ["state"], lambda row: row.state),
        "points": Column(
            gettext_lazy("Points"), ["points"], lambda row: row.points, is_number=True
        ),
    },
    lambda row: f"{row.code} {row.name}",
    (
        Filter(
            "state",
            gettext_lazy("State"),
            [("eligible", gettext_lazy("eligible")), ("asked", gettext_lazy("asked"))],
            lambda row, state: row.state == state,
        ),
    ),
    first="code",
    place="lists",
    title=gettext_lazy("Lists"),
)


def listed_files() -> list[ListedFile]:
    """More invented rows than one page holds."""
    names = ("Atelier du Golfe", "Filatura Arno", "Nile Weavers", "Écluse Tissages", "Oued Cotton")
    return [
        ListedFile(
            f"CT-{number:04}",
            f"{names[number % 5]} {number}",
            "asked" if number % 3 == 0 else "eligible",
            50 + number * 37 % 50,
        )
        for number in range(1, 61)
    ]


def figures() -> Sample:
    """Invented figures for the charts."""
    kinds = (_("Vouchers for innovation"), _("Stays with a partner"), _("Places on courses"))
    months = (_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"))
    paid = (1250000, 3010000, 2240000, 4120000, 3800000)
    years = ("2022", "2023", "2024", "2025", "2026")
    reached = ([4, 10], [18, 22], [37, 35], [52, 48], [71, 60])
    return {
        "reached": words.share(0.63),
        "paid": words.amount(31240000),
        "by_kind": list(zip(kinds, (48, 31, 124), strict=True)),
        "by_month": list(zip(months, paid, strict=True)),
        "parts": [(_("Tunisia"), [14, 6, 3]), (_("Italy"), [11, 9, 2]), (_("Egypt"), [9, 4, 6])],
        "part_names": [_("Granted"), _("On the reserve list"), _("Refused")],
        "lines": list(zip(years, reached, strict=True)),
        "line_names": [_("Reached"), _("Planned")],
    }


def countries() -> list[tuple[str, str, int]]:
    """Invented figures for the map."""
    return [
        ("IT", _("Italy"), 34),
        ("ES", _("Spain"), 28),
        ("FR", _("France"), 12),
        ("TN", _("Tunisia"), 19),
        ("EG", _("Egypt"), 15),
        ("JO", _("Jordan"), 6),
        ("LB", _("Lebanon"), 7),
        ("PS", _("Palestine"), 5),
        ("MT", _("Malta"), 2),
        ("GR", _("Greece"), 9),
        ("CY", _("Cyprus"), 3),
        ("DZ", _("Algeria"), 4),
        ("MA", _("Morocco"), 11),
    ]
