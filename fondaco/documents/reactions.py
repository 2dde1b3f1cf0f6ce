"""What this slice tells about people, and forgets with them."""

from fondaco.documents import selectors, services
from fondaco.kernel.told import told_about_person


def _erase(person_id: int) -> list[str]:
    """Unfinished uploads go at once; files stay with the things they belong to."""
    services.forget_person(person_id)
    return []


told_about_person("documents", tell=selectors.told_about, erase=_erase)
