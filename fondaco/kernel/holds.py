"""What holds an application: a slice above says that something stands on it, without being known.

A slice registers with `@holds_application`; `applications` asks, inside the transaction in which it
has locked the application, so that what is held and what holds it never come apart.
"""

from collections.abc import Callable

Holder = Callable[[int], bool]
_HOLDERS: list[Holder] = []


def holds_application(holder: Holder) -> Holder:
    """Register the function that says whether something stands on the application of a key."""
    if holder not in _HOLDERS:
        _HOLDERS.append(holder)
    return holder


def is_held(application_id: int) -> bool:
    """Whether anybody holds the application."""
    return any(holder(application_id) for holder in _HOLDERS)
