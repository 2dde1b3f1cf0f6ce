"""What the builder did stands in the story of the programme, also of drafts thrown away."""

from django.db.models import Q

from fondaco.kernel.told import told_about_person
from fondaco.sketches.selectors.trials import trials_of_person
from fondaco.sketches.services.trials import forget_person
from fondaco.trail.access import PROGRAMME
from fondaco.trail.services import joins_story


def _of_programme(code: str) -> Q:
    return Q(verb__startswith="sketch.", programme=code)


def _trials_of(person_id: int) -> object:
    return {"trials": trials_of_person(person_id)}


def _erase(person_id: int) -> list[str]:
    forget_person(person_id)
    return []


joins_story(PROGRAMME, _of_programme)
told_about_person("sketches", tell=_trials_of, erase=_erase)
