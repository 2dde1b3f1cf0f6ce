"""Ending the reminders about a draft, from the link in the letter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from fondaco.applications.selectors.reminding import application_to_stop
from fondaco.applications.services.reminding import stop_reminders


@csrf_exempt
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End them in one step, also by the mail program.

    Whoever has the link may end them: the program that posts (RFC 8058) has nothing else.
    """
    found = application_to_stop(token)
    if found is not None and request.method == "POST":
        stop_reminders(*found, at=timezone.now())
    context = {"is_known": found is not None, "is_done": request.method == "POST"}
    return render(request, "applications/reminders.html", context)
