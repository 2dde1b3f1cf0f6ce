"""Sessions in the database, as Django keeps them; every request reads one."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from fondaco.web.prepared import Prepared, moment, text

_KNOWN = Prepared(
    lambda: Session.objects.filter(session_key=text("key"), expire_date__gt=moment("now"))
)


class SessionStore(db.SessionStore):
    """Django's own, but for the question that each request asks."""

    def _get_session_from_db(self) -> Session | None:
        known = _KNOWN.first(key=self.session_key, now=timezone.now())
        if known is None:
            self._session_key = None
        return known
