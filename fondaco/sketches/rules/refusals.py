"""Why something cannot be done in the builder."""

from enum import StrEnum


class Reason(StrEnum):
    """Why not."""

    NOTHING_TO_UNDO = "nothing-to-undo"
    NOTHING_TO_REDO = "nothing-to-redo"
    CHANGED_SINCE = "changed-since"
    ROW_IS_GONE = "row-is-gone"
    HAS_MISTAKES = "has-mistakes"
    DEADLINE_HAS_ITS_PAGE = "deadline-has-its-page"
    NOTHING_CHANGED = "nothing-changed"
    NO_FILE_READ = "no-file-read"
    CODE_TAKEN = "code-taken"
    PUBLISHED = "published"
