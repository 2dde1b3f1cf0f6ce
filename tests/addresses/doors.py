"""Whom an address lets in: for every reader of the scene, what the house answers."""

from collections.abc import Mapping

Door = Mapping[str, str]
YES, NO, NOTHING, GONE_BY = "yes", "no", "nothing", "gone"
SIGN_IN, SECOND_FACTOR, CONFIRM = "sign-in", "second-factor", "confirm"
OUTSIDE = ("stranger", "applicant", "colleague", "applicant-elsewhere", "officer-elsewhere")
INSIDE = ("evaluator", "evaluator-unassigned", "observer", "partner")
RUNNERS = ("officer", "officer-one-factor", "decider", "decider-one-factor")
ADMINISTRATORS = ("administrator", "administrator-one-factor")
READERS = ("signed-out", *OUTSIDE, *INSIDE, *RUNNERS, *ADMINISTRATORS)
"""Everybody of the scene; `-one-factor` is the same person in a session with one factor."""
AT_THE_FIRM = ("applicant", "colleague")


def _asks(*names: str) -> dict[str, str]:
    """What those who may get: with one factor, they are asked for the second."""
    return {name: SECOND_FACTOR if name.endswith("-one-factor") else YES for name in names}


def _door(otherwise: str, **known: Mapping[str, str]) -> Door:
    found = dict.fromkeys(READERS, otherwise) | {"signed-out": SIGN_IN}
    for part in known.values():
        found |= part
    return found


def _all(names: tuple[str, ...], answer: str) -> dict[str, str]:
    return dict.fromkeys(names, answer)


OFFICER, DECIDER = RUNNERS[:2], RUNNERS[2:]
KNOWN = _all((*INSIDE, *RUNNERS), NO)
FIRM = _all(AT_THE_FIRM, YES)

ALL: Door = dict.fromkeys(READERS, YES)
GONE: Door = dict.fromkeys(READERS, GONE_BY)
SIGNED_IN = _door(YES)
NOBODY = _door(NOTHING)

OF_SCRIPTS = _door("412", may={"signed-out": "401"})
"""Addresses of the protocol of uploads: whoever does not speak it is told so, once signed in."""

WITHOUT_A_PASS = _door(NO, may={"signed-out": "401"})
"""A page that saves itself shows a pass; whoever comes without one saves nothing."""
KEY = _door(YES, may={"signed-out": "401"})
AGAIN = _door(YES, may={"signed-out": "400"})
"""Signing in without leaving a page: without a password nobody is let in."""

OFFICERS = _door(NOTHING, known=KNOWN, may=_asks(*OFFICER))
OFFICE = _door(NOTHING, known=KNOWN, may=_asks(*RUNNERS))
OF_ONE_OFFICER = _door(NOTHING, known=KNOWN, may=_asks(*RUNNERS) | {"decider": NOTHING})
ASKING = _door(NOTHING, known=KNOWN, may=_asks(*RUNNERS), also={"observer": YES, "partner": YES})
PARTNERS = _door(NOTHING, known=KNOWN, may={"partner": YES})

DRAFT = _door(NOTHING, may=FIRM)
ASKED_TO_JOIN = _door(NOTHING, may={"applicant-elsewhere": YES})
"""The page on which a partner answers: its own people's, and not even the lead's."""
DRAFT_UNSEEN = _door(NOTHING, known=_all(AT_THE_FIRM, NO))
OF_APPLICANTS = _door(NOTHING, known=_all(RUNNERS, NO), may=FIRM)
READ_SENT = _door(NOTHING, may=FIRM | _asks(*RUNNERS))
FILE_OF_CLAIM = _door(NOTHING, known=KNOWN, may=FIRM | _asks(*RUNNERS))
AWARD_TOLD = FILE_OF_CLAIM
"""What an award has made, once its letter has told those who have it."""
OFFICE_ALONE = _door(NOTHING, known=_all(INSIDE, NO), may=_asks(*RUNNERS))
PLACE_TOLD = _door(NOTHING, known=KNOWN, may=FIRM | _asks(*OFFICER))
OVERSEEN = _door(NOTHING, known=_all(AT_THE_FIRM, NO), may=_asks(*RUNNERS))
ASSESSED = _door(NOTHING, known=_all((*AT_THE_FIRM, *DECIDER), NO), may=_asks(*OFFICER))

OWN_STORY = _door(NOTHING, may=_asks(*ADMINISTRATORS) | {"applicant": YES})
FILE_STORY = _door(NOTHING, known=KNOWN, may=_asks(*OFFICER) | {"evaluator": YES})
READER = _door(NOTHING, may={"applicant": YES})
LETTER_STORY = _door(
    NOTHING, known=KNOWN, may=_asks(*OFFICER) | {"observer": YES, "applicant": YES}
)

QUESTION_STORY = _door(NOTHING, known=KNOWN, may=_asks(*RUNNERS) | {"applicant": YES})

ASSIGNED = _door(NOTHING, may={"evaluator": YES})
ASSIGNED_CLOSED = _door(NOTHING, known={"evaluator": NO})

COLLEAGUES = _door(NOTHING, may=FIRM | _asks(*ADMINISTRATORS))
EMPLOYED = _door(NOTHING, may=FIRM | {"administrator-one-factor": SECOND_FACTOR})
RUNNING = _door(NOTHING, known={"colleague": NO}, may={"applicant": YES})
INSTALLATION = _door(NOTHING, may=_asks(*ADMINISTRATORS))
INVITED = _door(GONE_BY, may={"stranger": YES})

PROVING = _door(CONFIRM)
"""Everybody with a password is led to giving it."""
HALF_WAY = _door(YES)
"""Steps of signing in: those who have not begun are led to the beginning, others on."""
NOT_YET_IN: Door = dict.fromkeys(READERS, YES)
LEAVING: Door = dict.fromkeys(READERS, YES)
BY_CODE = _door(CONFIRM, may=_all(DECIDER, YES))
BY_KEY = _door(CONFIRM, may=_all(OFFICER, YES))
WITH_CODES = _door(NOTHING, may=_all(DECIDER, YES))
WITH_RECOVERY = _door(NOTHING, may=_all(DECIDER, YES))
OF_KEY = _door(NOTHING, may=_all(OFFICER, YES))

UNSEEN: Mapping[str, str] = {
    "OF_ONE_OFFICER": "A table of applications is there for whoever asked for it alone.",
    "DRAFT": "A draft is its writers' alone. Even that somebody writes would tell who competes, "
    "and how many; it comes to exist for the programme when it is sent.",
    "ASKED_TO_JOIN": "Who was asked to be a partner is known to those who were asked and to the "
    "lead, who has a page of its own.",
    "DRAFT_UNSEEN": "To the programme a draft does not exist before it is sent.",
    "OF_APPLICANTS": "Evaluators, observers and partners may not learn from an address which "
    "applications there are, or how they are numbered. Who runs the call knows them: 403.",
    "READ_SENT": "Which applications were sent is no business of observers and partners; an "
    "evaluator reads a file at the desk, and only one that was given.",
    "OFFICE_ALONE": "What an award has made is told to those who have it by its letter; until "
    "then it does not exist for them.",
    "OVERSEEN": "What the office thinks of an application is between the office and the "
    "applicant; nobody else of the programme learns that there is one.",
    "ASSESSED": "The same: only who may read it learns that it is there.",
    "ASSIGNED": "Marks that are not locked exist for their evaluator alone. A 403 would tell the "
    "office, colleagues and other evaluators who reads which file.",
    "ASSIGNED_CLOSED": "The same; the evaluator, who knows the file, is told that it is closed.",
    "READER": "A letter, or what was received while the database was away, is one person's. A 403 "
    "would tell that there is one, and so what was decided or sent.",
    "OWN_STORY": "The story of a person is that person's own.",
    "COLLEAGUES": "A role in a programme makes nobody known to an organisation: who works there "
    "is not the programme's to know.",
    "EMPLOYED": "The same.",
    "RUNNING": "The same; a colleague, who knows the organisation, is answered 403.",
    "INSTALLATION": "Roles are roles of a programme; none of them makes anybody known to the "
    "installation.",
    "WITH_CODES": "An address of one's own account: it exists for whoever has that second factor.",
    "WITH_RECOVERY": "The same.",
    "OF_KEY": "The same; each key is its owner's.",
    "NOBODY": "The thing is not there yet, or belongs to a call of another kind.",
}
"""Why a door answers 404 to somebody whom the programme knows, where the rule would say 403."""
KNOWN_THERE = (*AT_THE_FIRM, *INSIDE, *RUNNERS)


def named() -> dict[str, Door]:
    """Every door by its name; one that has two names stands under the first."""
    found: dict[str, Door] = {}
    for name, one in globals().items():
        is_door = isinstance(one, dict) and set(one) == set(READERS)
        if is_door and not any(one is other for other in found.values()):
            found[name] = one
    return found


def hides(door: Door) -> bool:
    """Whether somebody of the programme is told that there is nothing."""
    return any(door[reader] == NOTHING for reader in (*INSIDE, *RUNNERS))


def unseen_by(door: Door) -> list[str]:
    """Who is told that there is nothing and might expect a 403; sessions do not matter here."""
    unseen = [reader for reader in KNOWN_THERE if door[reader] == NOTHING]
    return list(dict.fromkeys(reader.removesuffix("-one-factor") for reader in unseen))
