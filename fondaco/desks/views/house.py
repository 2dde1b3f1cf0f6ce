"""What this house is, says of itself and promises to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def about(request: HttpRequest) -> HttpResponse:
    """What this house is."""
    return render(request, "desks/about.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, and whom to tell when it does not."""
    return render(request, "desks/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why and how long."""
    return render(request, "desks/privacy.html")
