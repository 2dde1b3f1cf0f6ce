"""A rule over what was told: met, not met, or unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.applications.rules.eligibility import Rule, overall, verdict, verdicts
from fondaco.applications.states import Verdict
from fondaco.calls.states import Test as How
from fondaco.kernel.facts import Told

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
COUNTRIES = ["TN", "MA"]


@pytest.mark.parametrize(
    ("how", "wanted", "told", "found"),
    [
        (How.IS, "cluster", "cluster", MET),
        (How.IS, "cluster", "company", NOT_MET),
        (How.IS, True, True, MET),
        (How.IS, True, False, NOT_MET),
        (How.IS, True, "yes", UNKNOWN),
        (How.IS, "yes", True, UNKNOWN),
        (How.IS, 3, "3", MET),
        (How.IS, ["a"], ("a",), MET),
        (How.IN, COUNTRIES, "TN", MET),
        (How.IN, COUNTRIES, "FR", NOT_MET),
        (How.IN, COUNTRIES, ("TN", "FR"), NOT_MET),
        (How.IN, "TN", "TN", MET),
        (How.ANY_OF, ["tourism"], ("tourism", "textile"), MET),
        (How.ANY_OF, ["tourism"], ("textile",), NOT_MET),
        (How.ANY_OF, ["tourism"], "tourism", MET),
        (How.AT_LEAST, 10, "10", MET),
        (How.AT_LEAST, 10, "9.99", NOT_MET),
        (How.AT_LEAST, 10, 11, MET),
        (How.AT_LEAST, 10, "many", UNKNOWN),
        (How.AT_LEAST, 10, True, UNKNOWN),
        (How.AT_LEAST, 10, "NaN", UNKNOWN),
        (How.AT_MOST, 10, "10", MET),
        (How.NONE_OF, COUNTRIES, "FR", MET),
        (How.NONE_OF, COUNTRIES, ("FR", "TN"), NOT_MET),
        (How.NONE_OF, "TN", "TN", NOT_MET),
        (How.BETWEEN, [3, 10], "3", MET),
        (How.BETWEEN, [3, 10], "10.01", NOT_MET),
        (How.BETWEEN, [3, 10], "2", NOT_MET),
        (How.BETWEEN, [3, 10], "few", UNKNOWN),
        (How.BETWEEN, [3], "3", UNKNOWN),
        (How.AT_MOST, 10, "10.01", NOT_MET),
        (How.AT_MOST, "ten", "10", UNKNOWN),
        (How.IS, [True], True, MET),
        (How.IS, [True], False, NOT_MET),
        (How.AT_LEAST, [10], "10", MET),
        (How.AT_LEAST, [10], "9", NOT_MET),
        (How.AT_MOST, [10], "11", NOT_MET),
        (How.AT_LEAST, [10, 12], "11", UNKNOWN),
        (How.IS, [], "11", NOT_MET),
    ],
)
def test_a_rule_compares_what_was_told(how, wanted, told, found):
    assert verdict(Rule("r", "f", how, wanted), Told(told)) == found


@pytest.mark.parametrize("how", list(How))
@pytest.mark.parametrize("told", [None, "", ()])
@given(wanted=st.one_of(st.text(), st.integers(), st.booleans(), st.lists(st.text())))
def test_what_nobody_told_is_never_no(how, told, wanted):
    assert verdict(Rule("r", "f", how, wanted), Told(told)) == UNKNOWN


def test_each_rule_has_its_verdict_and_a_missing_fact_is_unknown():
    rules = [Rule("a", "f", How.IS, "x"), Rule("b", "f", How.IS, "x")]

    assert verdicts(rules, {"a": Told("x")}) == {"a": MET, "b": UNKNOWN}


WEEL = [
    Rule("owned", "answer.women-own", How.AT_LEAST, 51, stops=True, group="led"),
    Rule("share", "answer.women-own", How.AT_LEAST, 20, stops=True, group="led", branch="runs"),
    Rule("runs", "answer.woman-runs", How.IS, "yes", stops=True, group="led", branch="runs"),
    Rule("other", "answer.country", How.IS, "LB"),
]


@pytest.mark.parametrize(
    ("share", "runs", "found"),
    [
        (60, "no", MET),
        (51, None, MET),
        (30, "yes", MET),
        (30, "no", NOT_MET),
        (19, "yes", NOT_MET),
        (30, None, UNKNOWN),
        (None, "no", UNKNOWN),
        (None, "yes", UNKNOWN),
    ],
)
def test_of_a_group_one_branch_is_enough_and_a_branch_holds_as_a_whole(share, runs, found):
    told = {"owned": Told(share), "share": Told(share), "runs": Told(runs), "other": Told("IT")}

    verdict_of = verdicts(WEEL, told)

    assert verdict_of == {"owned": found, "share": found, "runs": found, "other": NOT_MET}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], MET),
        ([MET, MET], MET),
        ([MET, UNKNOWN], UNKNOWN),
        ([UNKNOWN, NOT_MET, MET], NOT_MET),
    ],
)
def test_one_no_weighs_most_then_what_is_unknown(found, said):
    assert overall(found) == said
