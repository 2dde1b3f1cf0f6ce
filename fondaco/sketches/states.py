"""Words of the builder: kinds of fields, and what can be done to a row."""

from enum import StrEnum


class Kind(StrEnum):
    """What a field of the builder holds."""

    LINE = "line"
    CODE = "code"
    WEB = "web"
    TEXTS = "texts"
    LONG_TEXTS = "long-texts"
    COUNT = "count"
    NUMBER = "number"
    MONEY = "money"
    MOMENT = "moment"
    MOMENTS = "moments"
    DAY = "day"
    YES = "yes"
    WORD = "word"
    WORDS = "words"
    CODES = "codes"
    WANTED = "wanted"


class Act(StrEnum):
    """What a button of the builder does besides keeping what was typed."""

    ADD = "add"
    COPY = "copy"
    REMOVE = "remove"
    UP = "up"
    DOWN = "down"
    PLACE = "place"
    SAY = "say"
    UNDO = "undo"
    REDO = "redo"
