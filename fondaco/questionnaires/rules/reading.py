"""Reading what people type: numbers and dates in the ways of both shores, addresses."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

_DIGITS = {ord(sign): str(value) for value, sign in enumerate("٠١٢٣٤٥٦٧٨٩")}
_DIGITS |= {ord(sign): str(value) for value, sign in enumerate("۰۱۲۳۴۵۶۷۸۹")}
_SIGNS = _DIGITS | {0x066B: ".", 0x066C: " ", 0x2212: "-", 0x060C: ","}
_GAPS = re.compile(r"[\s\u00a0\u202f\u2009'\u2019\u200e\u200f\u061c]")
_PLAIN = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
_GROUPED = re.compile(r"-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,6})?")
_DOUBTFUL = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WRITTEN_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_EMAIL = re.compile(r"[^@\s<>\"(),:;\[\]\\]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}")
_HOST = r"(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}"
_WEB = re.compile(rf"https?://{_HOST}(?::\d{{1,5}})?(?:[/?#]\S*)?", re.IGNORECASE)
LONGEST_ADDRESS = 2000


class Unreadable(StrEnum):
    """Why a text is not what was asked for."""

    NOT_A_NUMBER = "not-a-number"
    NUMBER_DOUBTFUL = "number-doubtful"
    NOT_CENTS = "not-cents"
    NOT_A_DATE = "not-a-date"
    NO_SUCH_DAY = "no-such-day"
    NOT_AN_EMAIL = "not-an-email"
    NOT_A_WEB_ADDRESS = "not-a-web-address"


def western(text: str) -> str:
    """The text with the digits and signs that everybody's software reads."""
    return text.translate(_SIGNS)


def number_in(text: str) -> Decimal | Unreadable:
    """`12.5`, `12,5`, `1 000 000`, `1.234,5` and Arabic digits; `3,000` may be two things."""
    signs = _GAPS.sub("", western(text))
    if _DOUBTFUL.fullmatch(signs):
        return Unreadable.NUMBER_DOUBTFUL
    return _number(signs)


def money_in(text: str) -> Decimal | Unreadable:
    """An amount in units; three digits behind a sign are thousands, never tenths of cents."""
    signs = _GAPS.sub("", western(text)).strip("€")
    if _DOUBTFUL.fullmatch(signs):
        signs = signs.replace(",", "").replace(".", "")
    found = _number(signs)
    if isinstance(found, Decimal):
        cents = found.quantize(Decimal("0.01"))
        return cents if cents == found else Unreadable.NOT_CENTS
    return found


def _number(signs: str) -> Decimal | Unreadable:
    if _PLAIN.fullmatch(signs.replace(",", ".")):
        return Decimal(signs.replace(",", "."))
    grouped = _GROUPED.fullmatch(signs)
    if not grouped:
        return Unreadable.NOT_A_NUMBER
    without = signs.replace(grouped[1], "").replace(",", ".")
    return Decimal(without) if _PLAIN.fullmatch(without) else Unreadable.NOT_A_NUMBER


def day_in(text: str) -> date | Unreadable:
    """`2027-02-28`, `28/2/2027`, `28.02.2027`; the 31st of February is no day."""
    signs = _GAPS.sub("", western(text))
    if found := _ISO_DAY.fullmatch(signs):
        year, month, day = found.groups()
    elif found := _WRITTEN_DAY.fullmatch(signs):
        day, month, year = found.groups()
    else:
        return Unreadable.NOT_A_DATE
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return Unreadable.NO_SUCH_DAY


def email_in(text: str) -> str | Unreadable:
    """An address that mail could be sent to."""
    return text if _EMAIL.fullmatch(text) else Unreadable.NOT_AN_EMAIL


def web_in(text: str) -> str | Unreadable:
    """An address of the web; `https://` is added where nobody wrote it."""
    address = text if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) else f"https://{text}"
    is_one = len(address) <= LONGEST_ADDRESS and _WEB.fullmatch(address)
    return address if is_one else Unreadable.NOT_A_WEB_ADDRESS
