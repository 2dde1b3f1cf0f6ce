"""Rows that a template shows without the tools of a list, and why they stay few."""

import re
from collections.abc import Iterator

LOOP = re.compile(r"\{% for [\w, ]+ in (\S+)[^%]*%\}")
TAG = re.compile(r"\s*(?:\{%[^%]*%\}|\{#[^#]*#\})")
LISTED = re.compile(r"web/_list_(tools|head)\.html")
BOUNDED = {
    "the questions, files and answers of one application": {
        "applications/_partners.html one.conditions",
        "applications/detail.html partners",
        "applications/paper.html partners",
        "sketches/trial.html problems",
        "sketches/trial_receipt.html files",
        "sketches/trial_result.html lacks",
        "sketches/trial_result.html reasons",
        "applications/_left_out.html left_out",
        "applications/_moved.html changes",
        "questionnaires/_group.html field.rows",
        "questionnaires/_group_row.html row.cells",
        "questionnaires/_table.html table.rows",
        "applications/_conditions.html conditions",
        "applications/detail.html asked.questions",
        "applications/detail.html asked.says",
        "applications/detail.html sections",
        "applications/paper.html answers",
        "applications/paper.html files",
        "applications/receipt.html files",
        "applications/review.html lacks",
        "applications/section.html wrong",
        "desks/_questions.html question.option",
        "desks/_questions.html section.question",
        "questionnaires/_answer.html answer.options",
    },
    "what was done by hand about one application": {
        "applications/partner.html submissions",
        "applications/_meters.html meter.awards",
        "applications/admission.html sent_besides",
        "applications/detail.html submissions",
        "evaluation/_outcome.html letters",
        "incidents/_attempts.html attempts",
    },
    "the parts of one call, as its folder has them": {
        "sketches/trial_receipt.html steps_after",
        "sketches/trial_waits.html wanting",
        "desks/_paid.html call.items.all",
        "desks/_paid.html lump_rows",
        "desks/_paid.html money_words",
        "desks/_parts.html parts",
        "evaluation/_parts.html ranked_parts",
        "sketches/_table.html shown.rows",
        "sketches/_wrong.html part.rows",
        "sketches/_wrong.html part.tongues",
        "sketches/drafts.html move.changes",
        "sketches/languages.html sheet_form",
        "sketches/ready.html against",
        "sketches/ready.html changes",
        "sketches/ready.html wanting",
        "applications/receipt.html steps_after",
        "desks/_guide.html block.items",
        "desks/_guide.html block.named",
        "desks/call.html call.criteria.all",
        "desks/call.html news",
        "desks/call.html call.redress_grounds",
        "desks/call.html call.rules.all",
        "desks/call.html holidays",
        "desks/_effects.html effects.steps",
        "desks/office.html internal",
        "evaluation/_cut_offs.html batches",
        "incidents/availability.html rule",
        "incidents/proposal.html rule",
    },
    "the parts of one programme, as its folder has them": {
        "desks/_sources.html thing.source",
        "desks/programme.html programme.work_packages.all",
        "desks/programme.html promises",
        "desks/programme.html calls",
        "desks/_programme_cards.html programmes",
        "desks/start.html calls",
    },
    "the reasons of one refusal, all at once": {
        "applications/review.html reasons",
        "desks/take_role.html refusals",
        "directory/erase.html reasons",
        "directory/invitation.html reasons",
        "directory/link_refused.html reasons",
        "evaluation/decision.html reasons",
        "incidents/prevented.html barred",
        "evaluation/redress_answer.html reasons",
        "intake/_notices.html reasons",
        "intake/not_received.html reasons",
        "intake/outcome.html reasons",
    },
    "what is one person's own": {
        "applications/export.html others",
        "applications/start.html applications",
        "desks/home.html held",
        "desks/home.html letters",
        "desks/home.html observer_of",
        "directory/_acting.html acting_choices",
        "directory/erase.html posts",
        "directory/erased.html kept",
        "directory/me.html addresses",
        "directory/me.html posts",
        "directory/organisations.html posts",
        "directory/organisations.html waiting",
        "usersessions/usersession_list.html sessions",
        "webauthn/authenticator_list.html authenticators",
    },
    "who runs one organisation or one programme, or asks to": {
        "desks/partner.html officers",
        "desks/partner.html people",
        "directory/colleagues.html invitations",
        "directory/colleagues.html waiting",
        "directory/organisation.html admins",
        "directory/organisation.html bonds",
        "evaluation/decision.html awaited",
        "evaluation/decision.html deciders",
        "evaluation/decision.html decision.approvals.all",
        "evaluation/redress_answer.html deciders",
    },
    "what belongs to one row of a list, or to one file at the desk": {
        "evaluation/assign.html row.assignments",
        "evaluation/assign.html ties",
        "evaluation/file.html reading.judged",
        "evaluation/lock.html reading.judged",
        "evaluation/panel.html ties",
        "evaluation/progress.html row.given_back",
        "evaluation/progress.html row.locked",
        "evaluation/ranking.html line.steps",
    },
    "what an officer did about one call, one by one, or has to look through whole": {
        "evaluation/draw_public.html earlier",
        "evaluation/ranking.html earlier",
        "evaluation/spread.html unplaced",
        "incidents/_outages.html outages",
        "incidents/availability.html proposals",
        "enquiries/enquiry.html alike",
        "incidents/extensions.html rows",
        "mail/release.html rows",
    },
    "one for each state or figure": {
        "desks/office.html overview.tiles",
        "desks/partner.html tiles",
        "desks/results.html tiles",
        "incidents/_panel.html tiles",
        "mail/outbox.html states",
    },
}


def rows_by_hand(template: str) -> Iterator[str]:
    """What a template makes rows or points of without the mechanism of lists."""
    is_listed = bool(LISTED.search(template))
    for loop in LOOP.finditer(template):
        at = loop.end()
        while tag := TAG.match(template, at):
            at = tag.end()
        rows = loop[1]
        is_page = rows.split(".")[-1] in {"page", "object_list"}
        body = template[loop.end() :].lstrip()
        is_drawn = body.startswith("{% include ")
        makes_rows = is_drawn or template[at:].lstrip().startswith(("<tr", "<li"))
        if makes_rows and not is_page and not (is_listed and rows in {"rows", "lines"}):
            yield rows
