"""What several tests of the directory need: the worker's work done at once, and a way in."""

from django.core import mail
from django_tasks_db.models import DBTaskResult

from fondaco.web.jobs import job_of

METHODS = "account_authentication_methods"
METHODS_OF = "account_authentication_methods_user"


def do_jobs():
    """Do what is enqueued, as the worker would; how much it was."""
    waiting = list(DBTaskResult.objects.ready())
    for kept in waiting:
        name, arguments, _attempt = kept.args_kwargs["args"]
        job_of(name).work(*arguments)
        kept.delete()
    return len(waiting)


def last_link():
    """The address in the last letter, as a path."""
    line = next(line for line in mail.outbox[-1].body.splitlines() if line.startswith("http"))
    return "/" + line.split("/", 3)[3]


def enter(client, person, *, method="password", at):
    """Sign somebody in, as the library would have done with this method at this moment."""
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[METHODS] = [{"method": method, "at": at.timestamp()}]
    session[METHODS_OF] = str(person.pk)
    session.save()
    return client
