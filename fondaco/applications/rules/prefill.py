"""Answers that are known already: filled in at the start, to be corrected by the applicant."""

from collections.abc import Mapping

from fondaco.questionnaires.rules.schema import Form


def prefilled(form: Form, known: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What to write into each section, by question."""
    return {
        section.code: {
            question.code: known[question.prefill]
            for question in section.questions
            if known.get(question.prefill)
        }
        for section in form.sections
    }
