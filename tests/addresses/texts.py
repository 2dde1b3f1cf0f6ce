"""The words of the scene: a form with every kind of question; all invented."""

from typing import Any

from tests.factories.questionnaires import schema


def say(english: str, french: str, arabic: str) -> dict[str, str]:
    """A text in the three languages of the house."""
    return {"en": english, "fr": french, "ar": arabic}


def _asked(code: str, kind: str, label: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "label": label, "required": True, **more}


CHOICES = [
    {"code": "training", "label": say("Training", "Formation", "تدريب")},
    {"code": "travel", "label": say("Travel", "Voyage", "سفر")},
]
FORM = schema(
    {
        "code": "organisation",
        "title": say("Who you are", "Qui vous êtes", "من أنتم"),
        "intro": say("First of all.", "Tout d'abord.", "أولًا."),
        "question": [
            _asked("name", "short-text", say("Name", "Nom", "الاسم"), limit=60),
            _asked("country", "country", say("Country", "Pays", "البلد")),
            _asked("people", "number", say("People", "Personnes", "الأشخاص"), at_least="1"),
            _asked("mail", "email", say("Address", "Adresse", "العنوان")),
            _asked("site", "web", say("Site", "Site", "الموقع"), required=False),
        ],
    },
    {
        "code": "project",
        "title": say("What you will do", "Ce que vous ferez", "ما ستفعلونه"),
        "intro": {"en": "Only in one language."},
        "question": [
            _asked(
                "aim",
                "long-text",
                say("Aim", "But", "الهدف"),
                limit=900,
                help=say("In short.", "En bref.", "باختصار."),
            ),
            _asked("price", "money", say("Price", "Prix", "السعر")),
            _asked("begins", "date", say("Begins", "Commence", "يبدأ")),
            _asked("way", "choice", say("Way", "Manière", "الطريقة"), option=CHOICES),
            _asked("topics", "choices", say("Topics", "Sujets", "المواضيع"), option=CHOICES),
            _asked("offer", "file", say("Offer", "Devis", "العرض"), accepts=["pdf"], megabytes=1),
        ],
    },
    {
        "code": "declarations",
        "title": say("What you declare", "Ce que vous déclarez", "ما تصرّحون به"),
        "question": [
            _asked(
                "honour",
                "declaration",
                say("Honour", "Honneur", "الشرف"),
                text=say("All of this is true.", "Tout ceci est vrai.", "كل هذا صحيح."),
            ),
            _asked(
                "signature",
                "signature",
                say("Signature", "Signature", "التوقيع"),
                text={"en": "I may sign for us."},
            ),
        ],
    },
)
