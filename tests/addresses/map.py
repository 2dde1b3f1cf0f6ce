"""The map of the house: every address, whom it lets in, and what it shows.

An address is a route with the names of its arguments in the scene. One route may stand here
several times, with things in different states.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils import translation

from tests.addresses import doors
from tests.addresses.doors import Door
from tests.addresses.scene import Scene


class Shows(StrEnum):
    """What an address answers with."""

    PAGE = "page"
    FILE = "file"
    ACT = "act"
    """Only takes what is posted."""
    WAY = "way"
    """Leads on to another page, or answers a script."""


@dataclass(frozen=True)
class Address:
    """A route, with what stands for its arguments, and who opens it."""

    name: str
    arguments: tuple[str | int, ...]
    door: Door
    reader: str
    shows: Shows = Shows.PAGE
    query: str = ""
    posted: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """How a test calls it."""
        return "-".join([self.name, *map(str, self.arguments), *self.query.split("=")[-1:]])

    def path(self, scene: Scene, language: str = "en") -> str:
        """Where it is, in a language."""
        told = [
            one if isinstance(one, int) else scene.names.get(one, one) for one in self.arguments
        ]
        with translation.override(language):
            return reverse(self.name, args=told) + self.query

    def form(self, scene: Scene) -> dict[str, Any]:
        """What is posted there."""
        return {name: scene.names.get(said, said) for name, said in self.posted.items()}


def _at(
    name: str, *arguments: str | int, to: Door, by: str, shows: Shows = Shows.PAGE, **more: Any
) -> Address:
    return Address(name, arguments, to, by, shows, **more)


PAGE, FILE, ACT, WAY = Shows
CSV = "?export=csv"
UNKNOWN_RECEIPT = f"?number=bc-a2b3c4-1&fingerprint={'f' * 64}"

PUBLIC = [
    _at("alive", to=doors.ALL, by="signed-out", shows=WAY),
    _at("robots", to=doors.ALL, by="signed-out", shows=FILE),
    _at("web:design", to=doors.ALL, by="signed-out"),
    _at("desks:start", to=doors.ALL, by="signed-out"),
    _at("desks:calls", to=doors.ALL, by="signed-out"),
    _at("desks:calls", to=doors.ALL, by="signed-out", query="?search=nothing+at+all"),
    _at("desks:call", "call", to=doors.ALL, by="signed-out"),
    _at("desks:call", "ranked", to=doors.ALL, by="stranger"),
    _at("desks:questions", "call", to=doors.ALL, by="signed-out"),
    _at("desks:questions_pdf", "call", to=doors.ALL, by="signed-out", shows=FILE),
    _at("desks:calls_csv", to=doors.ALL, by="signed-out", shows=FILE),
    _at("desks:programmes", to=doors.ALL, by="signed-out"),
    _at("desks:programme", "programme", to=doors.ALL, by="signed-out"),
    _at("desks:look", "programme", to=doors.ALL, by="signed-out", shows=FILE),
    _at("desks:mark", "programme", to=doors.ALL, by="signed-out", shows=FILE),
    _at("directory:picture", "picture", to=doors.ALL, by="signed-out", shows=FILE),
    _at("desks:about", to=doors.ALL, by="signed-out"),
    _at("desks:accessibility", to=doors.ALL, by="signed-out"),
    _at("desks:privacy", to=doors.ALL, by="signed-out"),
    _at("mail:mailbox", to=doors.ALL, by="signed-out"),
    _at("applications:check", to=doors.ALL, by="signed-out"),
    _at("applications:check", to=doors.ALL, by="signed-out", query=UNKNOWN_RECEIPT),
    _at("applications:reminders-stop", "reminders", to=doors.ALL, by="signed-out"),
    _at("applications:keys", to=doors.ALL, by="signed-out", shows=FILE),
    _at("trail:head", to=doors.ALL, by="signed-out", shows=FILE),
    _at("trail:keys", to=doors.ALL, by="signed-out", shows=FILE),
    _at("directory:ask-for-link", to=doors.ALL, by="signed-out"),
    _at("directory:link", "link", to=doors.ALL, by="signed-out"),
    _at("directory:link", "unknown", to=doors.GONE, by="signed-out"),
    _at("directory:demonstration", "token", to=doors.ALL, by="signed-out"),
    _at("applications:start", "call", to=doors.ALL, by="signed-out"),
    _at("applications:start", "call", to=doors.ALL, by="applicant"),
    _at("applications:start", "call", to=doors.ALL, by="stranger"),
    _at("enquiries:answers", "call", to=doors.ALL, by="signed-out"),
    _at("enquiries:answers", "ranked", to=doors.ALL, by="signed-out"),
    _at("enquiries:ask", "call", to=doors.SIGNED_IN, by="applicant"),
    _at("enquiries:ask", "ranked", to=doors.SIGNED_IN, by="stranger"),
    _at("desks:guide", "call", to=doors.ALL, by="signed-out"),
    _at("desks:guide", "ranked", to=doors.ALL, by="signed-out"),
    _at("desks:guide_pdf", "call", to=doors.ALL, by="signed-out", shows=FILE),
    _at("desks:guide_docx", "call", to=doors.ALL, by="signed-out", shows=FILE),
    _at("news:all", to=doors.ALL, by="signed-out", shows=FILE),
    _at("news:call", "call", to=doors.ALL, by="signed-out", shows=FILE),
    _at("news:deadline", "call", to=doors.ALL, by="signed-out", shows=FILE),
    _at("news:programme", "programme", to=doors.ALL, by="signed-out", shows=FILE),
    _at("news:calendar", "programme", to=doors.ALL, by="signed-out", shows=FILE),
    _at("news:follow", to=doors.ALL, by="signed-out"),
    _at("news:follow", to=doors.ALL, by="applicant", query="?call=bold-moves"),
    _at("news:following", to=doors.SIGNED_IN, by="applicant"),
    _at("news:following", to=doors.SIGNED_IN, by="stranger"),
    _at("news:followed", "follow", to=doors.ALL, by="signed-out"),
    _at("news:confirm", "follow_asked", to=doors.ALL, by="signed-out"),
    _at("news:stop", "follow", to=doors.ALL, by="signed-out"),
    _at(
        "enquiries:alike",
        "call",
        to=doors.SIGNED_IN,
        by="stranger",
        shows=WAY,
        query="?text=partners",
    ),
]
APPLICANT = [
    _at("applications:detail", "call", "draft", to=doors.DRAFT, by="applicant"),
    _at("applications:detail", "call", "sent", to=doors.READ_SENT, by="applicant"),
    _at("applications:detail", "evaluation", "file", to=doors.READ_SENT, by="colleague"),
    *[
        _at("applications:section", "call", code, section, to=to, by="applicant")
        for code, section, to in [
            ("draft", "organisation", doors.DRAFT),
            ("draft", "project", doors.DRAFT),
            ("draft", "declarations", doors.DRAFT),
            ("sent", "project", doors.OF_APPLICANTS),
        ]
    ],
    _at("applications:sign", "call", "draft", "signature", to=doors.DRAFT, by="applicant"),
    _at("applications:sign", "call", "sent", "signature", to=doors.OF_APPLICANTS, by="applicant"),
    _at("applications:review", "call", "draft", to=doors.DRAFT, by="applicant"),
    _at("applications:review", "call", "sent", to=doors.OF_APPLICANTS, by="applicant"),
    _at("applications:submit", "call", "draft", to=doors.DRAFT, by="applicant", shows=ACT),
    _at("applications:submit", "call", "sent", to=doors.OF_APPLICANTS, by="applicant", shows=ACT),
    _at("applications:receipt", "call", "sent", 1, to=doors.READ_SENT, by="applicant"),
    _at("applications:paper", "call", "sent", 1, to=doors.READ_SENT, by="applicant", shows=FILE),
    _at("applications:withdraw", "call", "draft", to=doors.DRAFT, by="applicant"),
    _at("applications:withdraw", "call", "sent", to=doors.OF_APPLICANTS, by="applicant"),
    _at(
        "applications:file", "call", "draft", "draft_file",
        to=doors.DRAFT, by="applicant", shows=FILE,
    ),
    _at(
        "applications:file", "call", "sent", "sent_file",
        to=doors.READ_SENT, by="applicant", shows=FILE,
    ),
    _at("documents:creation", to=doors.OF_SCRIPTS, by="applicant", shows=WAY),
    _at("documents:transfer", "unknown", to=doors.OF_SCRIPTS, by="applicant", shows=WAY),
    _at("applications:partners", "shared_call", "shared", to=doors.DRAFT, by="applicant"),
    _at(
        "applications:partner-again", "shared_call", "shared", "asked",
        to=doors.DRAFT, by="applicant", shows=ACT,
    ),
    _at(
        "applications:partner-out", "shared_call", "shared", "asked",
        to=doors.DRAFT, by="applicant", shows=ACT,
    ),
    _at(
        "applications:partner", "shared_call", "shared",
        to=doors.ASKED_TO_JOIN, by="applicant-elsewhere",
    ),
    *[
        _at(
            f"applications:partner-{act}", "shared_call", "shared",
            to=doors.ASKED_TO_JOIN, by="applicant-elsewhere", shows=ACT,
        )
        for act in ("decline", "leave")
    ],
    _at("applications:copy", "call", "sent", to=doors.OF_APPLICANTS, by="applicant"),
    _at("applications:copy", "call", "draft", to=doors.DRAFT, by="applicant"),
    _at(
        "applications:copy-as-data", "call", "sent",
        to=doors.OF_APPLICANTS, by="applicant", shows=FILE,
    ),
    _at(
        "keep:section", "draft", "organisation",
        to=doors.WITHOUT_A_PASS, by="applicant", shows=ACT,
    ),
    _at("intake:received", "draft", "record", to=doors.ALL, by="signed-out", shows=WAY),
    _at("intake:seen", "draft", "record", to=doors.READER, by="applicant", shows=ACT),
    _at("keep:key", to=doors.KEY, by="applicant", shows=WAY),
    _at("directory:again", to=doors.AGAIN, by="signed-out", shows=ACT),
    _at("trail:story", "sent", to=doors.READ_SENT, by="applicant"),
    _at("trail:story", "draft", to=doors.DRAFT, by="applicant"),
    _at("desks:letters", to=doors.SIGNED_IN, by="applicant"),
    _at("desks:letters", to=doors.SIGNED_IN, by="stranger"),
    _at("mail:letter", "letter", to=doors.READER, by="applicant"),
    _at("mail:letter", "letter_waiting", to=doors.NOBODY, by="officer", shows=WAY),
    _at("trail:story", "letter", to=doors.LETTER_STORY, by="applicant"),
    _at("trail:story", "firm", to=doors.COLLEAGUES, by="applicant"),
    _at("trail:story", "applicant_story", to=doors.OWN_STORY, by="applicant"),
]  # fmt: skip
ADMISSION = [
    _at("applications:office", "call", to=doors.OFFICE, by="officer"),
    _at("applications:office", "call", to=doors.OFFICE, by="officer", shows=FILE, query=CSV),
    _at(
        "applications:export-ask",
        "call",
        to=doors.OFFICE,
        by="officer",
        shows=ACT,
        posted={"kind": "csv"},
    ),
    _at("applications:export", "call", "export", to=doors.OF_ONE_OFFICER, by="officer"),
    _at(
        "applications:export-file",
        "call",
        "export",
        to=doors.OF_ONE_OFFICER,
        by="officer",
        shows=FILE,
    ),
    _at("applications:admission", "call", "sent", to=doors.OVERSEEN, by="officer"),
    _at("applications:admission", "call", "sent", to=doors.OVERSEEN, by="decider"),
    _at("applications:admission", "evaluation", "file", to=doors.OVERSEEN, by="officer"),
    _at("applications:admission", "call", "draft", to=doors.DRAFT_UNSEEN, by="officer", shows=WAY),
    *[
        _at(f"applications:{act}", "call", "sent", to=doors.ASSESSED, by="officer", shows=ACT)
        for act in ("admit", "refuse", "overrule", "ask")
    ],
]
OFFICE = [
    _at("desks:office", "call", to=doors.OFFICE, by="officer"),
    _at("desks:office", "call", to=doors.OFFICE, by="officer", shows=FILE, query=CSV),
    _at("desks:office", "ranked", to=doors.OFFICE, by="decider"),
    _at("desks:edit_call", "call", to=doors.OFFICERS, by="officer"),
    _at("desks:acts", "call", to=doors.OFFICERS, by="officer"),
    _at("sketches:begin", "programme", to=doors.OFFICERS, by="officer"),
    *[
        _at("sketches:step", "call", step, to=doors.OFFICERS, by="officer")
        for step in ("basics", "form", "timetable")
    ],
    _at("sketches:languages", "call", to=doors.OFFICERS, by="officer"),
    _at("sketches:trial", "call", to=doors.OFFICERS, by="officer"),
    _at("sketches:trial-part", "call", "project", to=doors.OFFICERS, by="officer"),
    _at("sketches:trial-result", "call", to=doors.OFFICERS, by="officer"),
    _at("sketches:trial-receipt", "call", to=doors.OFFICERS, by="officer", shows=WAY),
    _at("sketches:ready", "call", to=doors.OFFICERS, by="officer"),
    _at("sketches:discard", "call", to=doors.OFFICERS, by="officer"),
    _at("sketches:preview", "call", to=doors.OFFICERS, by="officer"),
    _at("sketches:ready-questions", "call", to=doors.OFFICERS, by="officer"),
    _at("sketches:drafts", "call", to=doors.OFFICERS, by="officer"),
    _at("sketches:sheet-in", "call", to=doors.OFFICERS, by="officer"),
    _at(
        "sketches:sheet",
        "call",
        to=doors.OFFICERS,
        by="officer",
        shows=FILE,
        query="?source=en&target=fr",
    ),
    _at("sketches:files", "call", to=doors.OFFICERS, by="officer", shows=FILE),
    _at("desks:extend", "call", to=doors.OFFICERS, by="officer"),
    _at("desks:run", "programme", to=doors.OFFICE, by="officer"),
    _at("desks:edit_programme", "programme", to=doors.OFFICERS, by="officer"),
    _at("desks:change_mark", "programme", to=doors.OFFICERS, by="officer"),
    _at("desks:remove_mark", "programme", to=doors.OFFICERS, by="officer", shows=ACT),
    _at("desks:team", "programme", to=doors.OFFICERS, by="officer"),
    _at("desks:team", "programme", to=doors.OFFICERS, by="officer", shows=FILE, query=CSV),
    _at("desks:give_role", "programme", to=doors.OFFICERS, by="officer", shows=ACT),
    _at("desks:take_role", "programme", "role", to=doors.OFFICERS, by="officer"),
    _at("desks:partner", "programme", to=doors.PARTNERS, by="partner"),
    _at("desks:results", "programme", to=doors.ASKING, by="observer"),
    _at("desks:results_csv", "programme", to=doors.ASKING, by="observer", shows=FILE),
    _at("training:places", "course", to=doors.OFFICERS, by="officer"),
    _at("training:places", "call", to=doors.NOBODY, by="officer", shows=WAY),
    _at("training:complete", "course", "place", to=doors.OFFICERS, by="officer"),
    _at("training:proof", "course", "place_done", to=doors.OFFICERS, by="officer", shows=FILE),
    _at("desks:members", "programme", to=doors.OFFICE, by="officer"),
    _at("desks:members", "programme", to=doors.OFFICE, by="decider", shows=FILE, query=CSV),
    _at("desks:profiles", "programme", to=doors.OFFICE, by="decider"),
    _at("desks:profiles", "programme", to=doors.OFFICE, by="officer", shows=FILE, query=CSV),
    _at("desks:held", to=doors.SIGNED_IN, by="applicant"),
    _at("desks:held", to=doors.SIGNED_IN, by="stranger"),
    _at("desks:held", to=doors.SIGNED_IN, by="applicant", shows=FILE, query=CSV),
    _at("desks:member", "member", to=doors.AWARD_TOLD, by="officer"),
    _at("desks:member", "member", to=doors.AWARD_TOLD, by="applicant"),
    _at("desks:member", "member_untold", to=doors.OFFICE_ALONE, by="decider"),
    _at("desks:profile", "profile", to=doors.AWARD_TOLD, by="decider"),
    _at("desks:profile", "profile", to=doors.AWARD_TOLD, by="colleague"),
    _at("desks:place", "place_told", to=doors.PLACE_TOLD, by="officer"),
    _at("desks:place", "place_told", to=doors.PLACE_TOLD, by="applicant"),
    _at("desks:place", "place_done", to=doors.OFFICERS, by="officer"),
    _at("mail:outbox", "ranked", to=doors.OFFICERS, by="officer"),
    _at("mail:outbox-csv", "ranked", to=doors.OFFICERS, by="officer", shows=FILE),
    _at(
        "mail:release", "ranked",
        to=doors.OFFICERS, by="officer", shows=ACT, posted={"which": "all"},
    ),
    _at("mail:preview", "ranked", "letter_waiting", to=doors.OFFICERS, by="officer"),
    _at("mail:preview", "ranked", "bounced", to=doors.OFFICERS, by="officer"),
    *[
        _at(f"mail:{act}", "ranked", letter, to=doors.OFFICERS, by="officer", shows=ACT)
        for act, letter in [
            ("rewrite", "letter_waiting"),
            ("discard", "letter_waiting"),
            ("bounce", "letter"),
            ("again", "bounced"),
        ]
    ],
    _at("trail:story", "call", to=doors.OFFICERS, by="officer"),
    _at("trail:story", "programme", to=doors.OFFICERS, by="officer"),
    _at("trail:story", "panel_story", to=doors.OFFICERS, by="officer"),
    _at("trail:story", "evaluation_story", to=doors.FILE_STORY, by="evaluator"),
    _at("trail:story", "evaluation_story", to=doors.FILE_STORY, by="officer"),
    _at("trail:story", "ranking_story", to=doors.OFFICE, by="decider"),
    _at("trail:story", "decision", to=doors.OFFICE, by="decider"),
    _at("trail:story", "place_story", to=doors.OFFICERS, by="officer"),
    _at("trail:story", "member_story", to=doors.AWARD_TOLD, by="officer"),
    _at("trail:story", "profile_story", to=doors.AWARD_TOLD, by="applicant"),
    _at("trail:export-csv", "programme", to=doors.OFFICERS, by="officer", shows=FILE),
    _at("trail:export-json", "programme", to=doors.OFFICERS, by="officer", shows=FILE),
]  # fmt: skip
EVALUATION = [
    _at("evaluation:panel", "evaluation", to=doors.OFFICERS, by="officer"),
    _at("evaluation:seat", "evaluation", to=doors.OFFICERS, by="officer"),
    _at("evaluation:unseat", "evaluation", "evaluator", to=doors.OFFICERS, by="officer", shows=ACT),
    _at("evaluation:assign", "evaluation", to=doors.OFFICERS, by="officer"),
    _at("evaluation:give", "evaluation", to=doors.OFFICERS, by="officer", shows=ACT),
    _at("evaluation:spread", "evaluation", to=doors.OFFICERS, by="officer"),
    _at(
        "evaluation:release", "evaluation", "assignment",
        to=doors.OFFICERS, by="officer", shows=ACT,
    ),
    _at("evaluation:reopen", "evaluation", "locked", to=doors.OFFICERS, by="officer"),
    _at("evaluation:progress", "evaluation", to=doors.OFFICERS, by="officer"),
    _at("evaluation:ranking", "evaluation", to=doors.OFFICE, by="officer"),
    _at("evaluation:ranking", "ranked", to=doors.OFFICE, by="officer"),
    _at("evaluation:ranking-numbered", "ranked", 1, to=doors.OFFICE, by="decider"),
    _at("evaluation:ranking-export", "ranked", 1, to=doors.OFFICE, by="officer", shows=FILE),
    _at("evaluation:draw", "drawn", to=doors.OFFICE, by="officer"),
    _at("evaluation:draw-freeze", "drawn", to=doors.OFFICERS, by="officer", shows=ACT),
    _at("evaluation:draw-seed", "drawn", to=doors.OFFICERS, by="officer", shows=ACT),
    _at("evaluation:draw-public", "drawn", to=doors.ALL, by="stranger"),
    _at("evaluation:draw-public", "drawn", to=doors.ALL, by="stranger", shows=FILE, query=CSV),
    _at("evaluation:guests", "guarded", to=doors.OFFICERS, by="officer"),
    _at("evaluation:guests", "guarded", to=doors.OFFICERS, by="officer", shows=FILE, query=CSV),
    _at("evaluation:guests-best", "guarded", to=doors.OFFICERS, by="officer", shows=ACT),
    _at(
        "evaluation:guest-withdraw", "guarded", "guest",
        to=doors.OFFICERS, by="officer", shows=ACT,
    ),
    _at("evaluation:decisions", "ranked", to=doors.OFFICE, by="officer"),
    _at("evaluation:decisions", "evaluation", to=doors.OFFICE, by="decider"),
    _at("evaluation:propose", "ranked", to=doors.OFFICE, by="officer", shows=ACT),
    _at("evaluation:single", "ranked", "ranked_file", to=doors.OFFICE, by="officer"),
    _at("evaluation:decision", "ranked", "decision", to=doors.OFFICE, by="officer"),
    _at("evaluation:decision", "ranked", "decision", to=doors.OFFICE, by="decider"),
    _at("evaluation:approve", "ranked", "decision", to=doors.OFFICE, by="officer", shows=ACT),
    _at("evaluation:drop", "ranked", "decision", to=doors.OFFICE, by="officer", shows=ACT),
    _at("evaluation:redress-list", "told_call", to=doors.OFFICE, by="officer"),
    _at(
        "evaluation:redress-list", "told_call",
        to=doors.OFFICE, by="officer", query="?export=csv", shows=FILE,
    ),
    _at("evaluation:redress-request", "told_call", "redress", to=doors.OFFICE, by="officer"),
    _at("evaluation:redress-request", "told_call", "redress", to=doors.OFFICE, by="decider"),
    _at(
        "evaluation:redress-answer", "told_call", "redress",
        to=doors.OFFICE, by="decider", shows=ACT,
    ),
    _at("evaluation:redress", "told_call", "told", to=doors.OF_APPLICANTS, by="applicant"),
    _at("evaluation:redress", "told_call", "questioned", to=doors.OF_APPLICANTS, by="colleague"),
    _at(
        "evaluation:redress-withdraw", "told_call", "questioned",
        to=doors.OF_APPLICANTS, by="applicant", shows=ACT,
    ),
    _at("enquiries:enquiries", "call", to=doors.OFFICE, by="officer"),
    _at("enquiries:enquiries", "call", to=doors.OFFICE, by="decider", query=CSV, shows=FILE),
    *[
        _at("enquiries:enquiry", "call", code, to=doors.OFFICE, by="officer")
        for code in ("question", "question_drafted", "question_approved", "question_answered")
    ],
    *[
        _at(f"enquiries:{act}", "call", "question", to=doors.OFFICERS, by="officer", shows=ACT)
        for act in ("draft", "approve", "translate", "publish", "refuse", "join", "part")
    ],
    _at("trail:story", "question", to=doors.QUESTION_STORY, by="officer"),
    _at("incidents:panel", "late_call", to=doors.OFFICE, by="officer"),
    _at("incidents:availability", "late_call", to=doors.OFFICE, by="officer"),
    _at("incidents:availability", "call", to=doors.OFFICE, by="decider"),
    _at(
        "incidents:availability", "late_call",
        to=doors.OFFICE, by="officer", query="?export=csv", shows=FILE,
    ),
    _at("incidents:proposal", "late_call", "proposal", to=doors.OFFICE, by="officer"),
    _at("incidents:proposal", "late_call", "proposal", to=doors.OFFICE, by="decider"),
    _at(
        "incidents:decline", "late_call", "proposal", to=doors.OFFICERS, by="officer", shows=ACT,
    ),
    _at(
        "incidents:confirm", "late_call", "proposal", to=doors.OFFICERS, by="officer", shows=ACT,
    ),
    _at("incidents:attempts", "late_call", to=doors.OFFICE, by="officer"),
    _at("incidents:extensions", "late_call", to=doors.OFFICERS, by="officer"),
    _at("incidents:claims", "late_call", to=doors.OFFICE, by="officer"),
    _at("incidents:claims", "call", to=doors.OFFICE, by="officer"),
    _at("incidents:claim", "late_call", "claim", to=doors.OFFICE, by="officer"),
    _at("incidents:grant", "late_call", "claim", to=doors.OFFICERS, by="officer", shows=ACT),
    _at("incidents:refuse", "late_call", "claim", to=doors.OFFICERS, by="officer", shows=ACT),
    _at("incidents:file", "late_call", "claim", to=doors.FILE_OF_CLAIM, by="applicant", shows=FILE),
    _at("incidents:prevented", "late_call", "late", to=doors.DRAFT, by="applicant"),
    _at("incidents:prevented", "call", "draft", to=doors.DRAFT, by="colleague"),
    _at("evaluation:desk", to=doors.SIGNED_IN, by="evaluator"),
    _at("evaluation:desk", to=doors.SIGNED_IN, by="stranger"),
    _at("evaluation:file", "file", to=doors.ASSIGNED, by="evaluator"),
    _at("evaluation:file", "waiting", to=doors.ASSIGNED, by="evaluator"),
    _at("evaluation:accept", "waiting", to=doors.ASSIGNED, by="evaluator", shows=ACT),
    _at("evaluation:conflict", "waiting", to=doors.ASSIGNED, by="evaluator"),
    _at("evaluation:marks", "file", to=doors.ASSIGNED, by="evaluator", shows=ACT),
    _at("evaluation:marks", "waiting", to=doors.ASSIGNED_CLOSED, by="evaluator", shows=ACT),
    _at("evaluation:lock", "file", to=doors.ASSIGNED, by="evaluator"),
    _at("evaluation:attachment", "file", "annex", to=doors.ASSIGNED, by="evaluator", shows=FILE),
]  # fmt: skip
DIRECTORY = [
    _at("desks:home", to=doors.SIGNED_IN, by="applicant"),
    _at("desks:home", to=doors.SIGNED_IN, by="officer"),
    _at("desks:home", to=doors.SIGNED_IN, by="stranger"),
    _at("directory:confirm", to=doors.PROVING, by="stranger", shows=WAY),
    _at("directory:second-factor", to=doors.SIGNED_IN, by="officer-one-factor"),
    _at("directory:me", to=doors.SIGNED_IN, by="applicant"),
    _at("directory:export", to=doors.SIGNED_IN, by="applicant", shows=FILE),
    _at("directory:erase", to=doors.SIGNED_IN, by="applicant"),
    _at("directory:act-for", to=doors.SIGNED_IN, by="applicant", shows=ACT),
    _at("directory:organisations", to=doors.SIGNED_IN, by="applicant"),
    _at("directory:organisations", to=doors.SIGNED_IN, by="stranger"),
    _at("directory:new", to=doors.SIGNED_IN, by="applicant"),
    _at("directory:invitation", "invitation", to=doors.INVITED, by="stranger"),
    _at("directory:invitation", "invitation", to=doors.INVITED, by="officer"),
    _at("directory:organisation", "firm", to=doors.COLLEAGUES, by="applicant"),
    _at("directory:edit", "firm", to=doors.RUNNING, by="applicant"),
    _at("directory:logo", "firm", to=doors.RUNNING, by="applicant"),
    _at("directory:remove-logo", "firm", to=doors.RUNNING, by="applicant", shows=ACT),
    _at("directory:join", "firm", to=doors.SIGNED_IN, by="stranger", shows=ACT),
    _at("directory:recover", "firm", to=doors.COLLEAGUES, by="colleague", shows=ACT),
    _at("directory:colleagues", "firm", to=doors.COLLEAGUES, by="applicant"),
    _at("directory:colleagues", "firm", to=doors.COLLEAGUES, by="colleague"),
    _at(
        "directory:colleagues", "firm",
        to=doors.COLLEAGUES, by="colleague", shows=FILE, query=CSV,
    ),
    _at("directory:invite", "firm", to=doors.RUNNING, by="applicant", shows=ACT),
    _at(
        "directory:posts", "firm",
        to=doors.RUNNING, by="applicant", shows=ACT, posted={"act": "raise", "post": "post"},
    ),
    _at("directory:leave", "firm", to=doors.EMPLOYED, by="colleague", shows=ACT),
    _at(
        "directory:withdraw", "firm",
        to=doors.RUNNING, by="applicant", shows=ACT, posted={"invitation": "invited"},
    ),
    _at("directory:requests", to=doors.INSTALLATION, by="administrator"),
    _at("directory:requests", to=doors.INSTALLATION, by="administrator", shows=FILE, query=CSV),
    _at(
        "directory:answer",
        to=doors.RUNNING, by="applicant", shows=ACT, posted={"request": "asked", "act": "grant"},
    ),
    _at(
        "directory:answer",
        to=doors.INSTALLATION, by="administrator", shows=ACT,
        posted={"request": "to_run", "act": "refuse"},
    ),
    _at("trail:story", "installation", to=doors.INSTALLATION, by="administrator"),
    _at("trail:troubles", to=doors.INSTALLATION, by="administrator"),
    _at("trail:again", "trouble", to=doors.INSTALLATION, by="administrator", shows=ACT),
]  # fmt: skip
ACCOUNT = [
    _at("account_login", to=doors.NOT_YET_IN, by="signed-out"),
    _at("account_signup", to=doors.NOT_YET_IN, by="signed-out"),
    _at("account_signup_by_passkey", to=doors.NOT_YET_IN, by="signed-out"),
    _at("account_logout", to=doors.LEAVING, by="stranger"),
    _at("account_inactive", to=doors.ALL, by="signed-out"),
    _at("account_reauthenticate", to=doors.SIGNED_IN, by="stranger"),
    _at("account_email", to=doors.SIGNED_IN, by="stranger"),
    _at("account_email_verification_sent", to=doors.HALF_WAY, by="signed-out", shows=WAY),
    _at("account_change_password", to=doors.SIGNED_IN, by="stranger"),
    _at("account_set_password", to=doors.SIGNED_IN, by="stranger", shows=WAY),
    _at("account_reset_password", to=doors.ALL, by="signed-out"),
    _at("account_reset_password_done", to=doors.ALL, by="signed-out"),
    _at("account_reset_password_from_key", "1", "unknown", to=doors.ALL, by="signed-out"),
    _at("account_reset_password_from_key_done", to=doors.ALL, by="signed-out"),
    _at("account_confirm_login_code", to=doors.HALF_WAY, by="signed-out", shows=WAY),
    _at("mfa_index", to=doors.SIGNED_IN, by="officer"),
    _at("mfa_index", to=doors.SIGNED_IN, by="stranger"),
    _at("mfa_authenticate", to=doors.HALF_WAY, by="signed-out", shows=WAY),
    _at("mfa_reauthenticate", to=doors.BY_CODE, by="decider"),
    _at("mfa_activate_totp", to=doors.SIGNED_IN, by="stranger"),
    _at("mfa_deactivate_totp", to=doors.WITH_CODES, by="decider"),
    _at("mfa_view_recovery_codes", to=doors.WITH_RECOVERY, by="decider"),
    _at("mfa_generate_recovery_codes", to=doors.SIGNED_IN, by="decider"),
    _at("mfa_download_recovery_codes", to=doors.WITH_RECOVERY, by="decider", shows=FILE),
    _at("mfa_list_webauthn", to=doors.SIGNED_IN, by="officer"),
    _at("mfa_list_webauthn", to=doors.SIGNED_IN, by="stranger"),
    _at("mfa_add_webauthn", to=doors.SIGNED_IN, by="stranger"),
    _at("mfa_reauthenticate_webauthn", to=doors.BY_KEY, by="officer"),
    _at("mfa_remove_webauthn", "key", to=doors.OF_KEY, by="officer"),
    _at("mfa_edit_webauthn", "key", to=doors.OF_KEY, by="officer"),
    _at("mfa_login_webauthn", to=doors.HALF_WAY, by="signed-out", shows=WAY),
    _at("mfa_signup_webauthn", to=doors.HALF_WAY, by="signed-out", shows=WAY),
    _at("usersessions_list", to=doors.SIGNED_IN, by="stranger"),
]
MAP = [*PUBLIC, *APPLICANT, *ADMISSION, *OFFICE, *EVALUATION, *DIRECTORY, *ACCOUNT]
