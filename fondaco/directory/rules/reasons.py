"""Why the directory says no."""

from enum import StrEnum


class Reason(StrEnum):
    """One thing that stands in the way."""

    LINK_UNKNOWN = "link-unknown"
    LINK_USED = "link-used"
    LINK_EXPIRED = "link-expired"
    OTHER_BROWSER = "other-browser"
    INVITATION_UNKNOWN = "invitation-unknown"
    INVITATION_ANSWERED = "invitation-answered"
    INVITATION_EXPIRED = "invitation-expired"
    OTHER_ADDRESS = "other-address"
    LAST_ADMIN = "last-admin"
    LAST_INSTALLATION_ADMIN = "last-installation-admin"
    NO_LONGER_THERE = "no-longer-there"
    ALREADY_COLLEAGUE = "already-colleague"
    ALREADY_ASKED = "already-asked"
    ALREADY_ANSWERED = "already-answered"
    ADDRESS_TAKEN = "address-taken"
    NOBODY_REGISTERED = "nobody-registered"
    ADDRESS_NOT_PROVEN = "address-not-proven"
    LAST_OFFICER = "last-officer"
    ONLY_INSTALLATION_ADMIN = "only-installation-admin"
    LIKELY_DUPLICATE = "likely-duplicate"
    NUMBER_LENGTH = "number-length"
    NUMBER_FORMAT = "number-format"
    NUMBER_CHECK_DIGIT = "number-check-digit"
    NUMBER_PART = "number-part"
