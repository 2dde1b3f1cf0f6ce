"""What the rules of a call ask, what they found, and what a submission is decided on."""

from collections.abc import Iterable, Mapping

from fondaco.applications.models import Application, Finding
from fondaco.applications.rules.admission import Found
from fondaco.applications.rules.completeness import Copy
from fondaco.applications.rules.eligibility import Rule
from fondaco.applications.rules.submission import Facts
from fondaco.applications.selectors.partners import partners_before_sending
from fondaco.applications.selectors.rows import numbers_sent
from fondaco.applications.states import State, Verdict
from fondaco.calls.models import Call
from fondaco.calls.models import Rule as CallRule
from fondaco.calls.rules.support import has_too_many
from fondaco.calls.selectors import support_terms
from fondaco.calls.states import Test
from fondaco.web.prepared import Prepared, number, related

_RULES = Prepared(lambda: CallRule.objects.filter(call_id=number("call")))


def rules_of(call: Call) -> list[Rule]:
    """The rules of the call as the evaluation of eligibility reads them."""
    return [
        Rule(
            rule.code,
            rule.fact,
            Test(rule.test),
            rule.value,
            rule.of,
            rule.stops,
            rule.group,
            rule.branch,
            rule.of_partners,
        )
        for rule in related(call, "rules", _RULES, call=call.pk)
    ]


def locked_finding(application: Application, rule: str) -> Finding | None:
    """For services only: one finding, once its application is locked."""
    return application.findings.select_for_update(of=("self",)).filter(rule=rule).first()


def companions_of(application: Application, rule: str) -> list[str]:
    """The other rules of its group: what is said of one of them is said of all."""
    rules = application.call.rules.exclude(group="")
    own = rules.filter(code=rule).values("group")
    return list(rules.filter(group__in=own).exclude(code=rule).values_list("code", flat=True))


def locked_companions(application: Application, rule: str) -> list[Finding]:
    """For services only: the findings of its group, once their application is locked."""
    found = (locked_finding(application, one) for one in companions_of(application, rule))
    return [one for one in found if one is not None]


def found_of(findings: Iterable[Finding]) -> list[Found]:
    """Findings as the rules of admission read them."""
    return [
        Found(
            finding.rule,
            Verdict(finding.verdict),
            Verdict(finding.overruled) if finding.overruled else None,
        )
        for finding in findings
    ]


def findings_of(application: Application) -> list[Finding]:
    """What the rules found, with who overruled."""
    return list(application.findings.select_related("overruled_by"))


def submission_facts(
    application: Application, copy: Copy, rules: Iterable[Rule], found: Mapping[str, Verdict]
) -> Facts:
    """What a submission is decided on."""
    return Facts(
        state=State(application.state),
        edited_at=application.edited_at,
        lacks=tuple(problem.question for problem in copy.lacks),
        wrong=tuple(dict.fromkeys(problem.question for problem in copy.wrong)),
        broken_stops=tuple(
            rule.code for rule in rules if rule.stops and found[rule.code] == Verdict.NOT_MET
        ),
        others=numbers_sent(application.call, application.organisation, but=application.pk),
        partners=partners_before_sending(application),
        has_too_many_services=application.call.most_items is not None
        and has_too_many(support_terms(application.call), copy.form, copy.values),
    )
