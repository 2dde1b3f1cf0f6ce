"""The words of the directory: reasons, states, roles."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fondaco.directory.rules.reasons import Reason
from fondaco.directory.states import Action, RequestAction, RequestState

REASONS: dict[Reason, Promise] = {
    Reason.LINK_UNKNOWN: _("This link is not one of ours, or it is too old to be remembered."),
    Reason.LINK_USED: _("This link has already been used. Each link opens once."),
    Reason.LINK_EXPIRED: _("This link has expired. A link lives for a quarter of an hour."),
    Reason.OTHER_BROWSER: _(
        "This link was asked for in another browser or on another device. It opens only there, "
        "so that nobody who reads your mail can use it."
    ),
    Reason.INVITATION_UNKNOWN: _("This invitation is not one of ours, or it was withdrawn."),
    Reason.INVITATION_ANSWERED: _("This invitation has already been accepted or withdrawn."),
    Reason.INVITATION_EXPIRED: _(
        "This invitation has expired. Ask the organisation's administrator for a new one."
    ),
    Reason.OTHER_ADDRESS: _(
        "This invitation went to another e-mail address than yours. Sign in with that address, "
        "or add it to your account, and open the invitation again."
    ),
    Reason.LAST_ADMIN: _(
        "You are the last administrator of an organisation. Make a colleague administrator first."
    ),
    Reason.LAST_INSTALLATION_ADMIN: _(
        "You are the last administrator of this installation. Name another one first."
    ),
    Reason.LAST_OFFICER: _(
        "You are the last officer of a programme. Make somebody else an officer first."
    ),
    Reason.NO_LONGER_THERE: _("This person no longer works for the organisation."),
    Reason.ALREADY_COLLEAGUE: _("This person works for the organisation already."),
    Reason.ALREADY_ASKED: _("A request is waiting for its answer already."),
    Reason.ALREADY_ANSWERED: _("This request has been answered already."),
    Reason.ADDRESS_TAKEN: _("Somebody is registered with this e-mail address already."),
    Reason.NOBODY_REGISTERED: _(
        "Nobody is registered with this e-mail address. Ask the person to sign up first, with "
        "exactly this address, and to confirm it; then try again."
    ),
    Reason.ADDRESS_NOT_PROVEN: _(
        "Somebody signed up with this e-mail address but never confirmed it. Ask the person to "
        "sign in and to enter the code that was mailed to them; then try again."
    ),
    Reason.ONLY_INSTALLATION_ADMIN: _(
        "This is the only administrator of the installation. Name another one first."
    ),
    Reason.LIKELY_DUPLICATE: _("An organisation very much like this one is here already."),
    Reason.NUMBER_LENGTH: _(
        "The number does not have as many characters as numbers of this country have."
    ),
    Reason.NUMBER_FORMAT: _("The number is not written as numbers of this country are written."),
    Reason.NUMBER_CHECK_DIGIT: _(
        "The check digit does not fit: one of the characters is probably mistyped."
    ),
    Reason.NUMBER_PART: _("A part of the number cannot occur in numbers of this country."),
}
REQUEST_STATES: dict[RequestState, Promise] = {
    RequestState.WAITING: _("Waiting for an answer"),
    RequestState.GRANTED: _("Granted"),
    RequestState.REFUSED: _("Refused"),
}
REQUEST_ACTIONS: dict[RequestAction, Promise] = {
    RequestAction.GRANT: _("Grant"),
    RequestAction.REFUSE: _("Refuse"),
}
ACTIONS: dict[Action, Promise] = {
    Action.SEE: _("See the organisation"),
    Action.RUN: _("Run the organisation"),
}
POSTS: dict[bool, Promise] = {True: _("Administrator"), False: _("Member")}
INSTALLATION_NAMED = _("the installation")
VERBS: dict[str, Promise] = {
    "person.joined": _("The person joined"),
    "person.changed": _("The person changed their details"),
    "person.raised": _("The person became administrator of the installation"),
    "person.lowered": _("The person is no longer administrator of the installation"),
    "person.erased": _("The person was erased"),
    "organisation.added": _("The organisation was added"),
    "organisation.changed": _("The organisation's details were changed"),
    "organisation.logo-given": _("The organisation was given a logo"),
    "organisation.logo-described": _("The words for the organisation's logo were changed"),
    "organisation.logo-removed": _("The organisation's logo was removed"),
    "post.taken": _("Somebody began to work for the organisation"),
    "post.left": _("Somebody no longer works for the organisation"),
    "post.raised": _("Somebody became administrator"),
    "post.lowered": _("Somebody is no longer administrator"),
    "invitation.sent": _("A colleague was invited"),
    "invitation.withdrawn": _("An invitation was withdrawn"),
    "joining.asked": _("Somebody asked to join the organisation"),
    "joining.granted": _("A request was granted"),
    "joining.refused": _("A request was refused"),
    "bond.begun": _("The organisation joined a cluster"),
    "bond.ended": _("The organisation left a cluster"),
}
VERB_KINDS = {
    "person": _("People"),
    "organisation": _("Organisation"),
    "post": _("Colleagues"),
    "invitation": _("Invitations"),
    "joining": _("Requests"),
    "bond": _("Clusters"),
}
