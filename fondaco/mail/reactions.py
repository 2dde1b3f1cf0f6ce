"""What letters do when a person is told of, or erased, as a whole, and who reads their story."""

from fondaco.kernel.told import told_about_person
from fondaco.mail import access, selectors, services
from fondaco.trail.services import joins_story, tells_story

told_about_person("mail", tell=selectors.told_about, erase=services.erase_letters_to)
tells_story("L-", access.may_read_story)
joins_story("call", selectors.entries_about_letters_of)
joins_story("file", selectors.entries_about_letters_on)
