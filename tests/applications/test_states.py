"""Every action in every state."""

import pytest

from fondaco.applications import phrases
from fondaco.applications.states import (
    EDITABLE,
    INITIAL,
    PARTNERS,
    SENT,
    TABLE,
    Action,
    PartnerAct,
    Standing,
    State,
)
from fondaco.kernel.states import MoveRefused, is_possible, target_of

D, S, C = State.DRAFT, State.SUBMITTED, State.COMPLETION
E, N, W = State.ELIGIBLE, State.INELIGIBLE, State.WITHDRAWN
LEADS = {
    Action.SUBMIT: {D: S, S: S},
    Action.WITHDRAW: {D: W, S: W, C: W, E: W, N: W},
    Action.ADMIT: {S: E, C: E, E: E, N: E},
    Action.REFUSE: {S: N, C: N, E: N, N: N},
    Action.ASK: {S: C, N: C},
    Action.COMPLETE: {C: S},
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", list(LEADS))
def test_each_action_leads_where_the_table_says_and_nowhere_else(action, state):
    wanted = LEADS[action].get(state)

    assert is_possible(TABLE, action, state) == (wanted is not None)
    if wanted is None:
        with pytest.raises(MoveRefused):
            target_of(TABLE, action, state)
    else:
        assert target_of(TABLE, action, state) == wanted


def test_an_application_begins_as_a_draft_and_editing_is_no_move():
    assert INITIAL == State.DRAFT
    assert set(TABLE) == set(Action) - {Action.EDIT}
    assert {S, C, E, N} == SENT
    assert {D, S, C} == EDITABLE


def test_every_state_and_action_has_its_words():
    assert set(phrases.STATES) == set(phrases.STATE_TONES) == set(State)
    assert set(phrases.ACTIONS) == set(Action)


ASKED, JOINED = Standing.INVITED, Standing.CONFIRMED
PARTNERS_LEAD = {
    PartnerAct.SEND_AGAIN: {ASKED: ASKED},
    PartnerAct.CONFIRM: {ASKED: JOINED},
    PartnerAct.DECLINE: {ASKED: Standing.DECLINED},
    PartnerAct.LEAVE: {JOINED: Standing.LEFT},
    PartnerAct.TAKE_OUT: {ASKED: Standing.TAKEN_OUT, JOINED: Standing.TAKEN_OUT},
}


def test_a_partner_answers_once_and_only_who_takes_part_goes():
    found = {
        act: {
            one: target_of(PARTNERS, act, one)
            for one in Standing
            if is_possible(PARTNERS, act, one)
        }
        for act in PartnerAct
    }

    assert found == PARTNERS_LEAD
