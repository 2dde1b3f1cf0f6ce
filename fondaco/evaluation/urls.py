"""Addresses of an evaluation: below its call for those who run it, below /desk/ for evaluators."""

from django.urls import path

from fondaco.evaluation.views import (
    assign,
    decisions,
    desk,
    draws,
    guests,
    panel,
    ranking,
    redress,
)

app_name = "evaluation"
OFFICE = "calls/<slug:call>/evaluation/"
OWN = "calls/<slug:call>/applications/<slug:application>/"
FILE = "desk/<str:application>/"
urlpatterns = [
    path(f"{OFFICE}panel/", panel.panel, name="panel"),
    path(f"{OFFICE}panel/seat/", panel.seat, name="seat"),
    path(f"{OFFICE}panel/<int:person>/unseat/", panel.unseat, name="unseat"),
    path(f"{OFFICE}files/", assign.assign, name="assign"),
    path(f"{OFFICE}files/give/", assign.give, name="give"),
    path(f"{OFFICE}files/spread/", assign.spread, name="spread"),
    path(f"{OFFICE}files/<int:assignment>/release/", assign.release, name="release"),
    path(f"{OFFICE}files/<int:assignment>/reopen/", assign.reopen, name="reopen"),
    path(f"{OFFICE}progress/", assign.progress, name="progress"),
    path(f"{OFFICE}ranking/", ranking.ranking, name="ranking"),
    path(f"{OFFICE}ranking/<int:number>/", ranking.ranking_numbered, name="ranking-numbered"),
    path(f"{OFFICE}ranking/<int:number>/list.csv", ranking.ranking_export, name="ranking-export"),
    path(f"{OFFICE}draw/", draws.draw, name="draw"),
    path(f"{OFFICE}draw/freeze/", draws.freeze, name="draw-freeze"),
    path(f"{OFFICE}draw/seed/", draws.seed, name="draw-seed"),
    path("calls/<slug:call>/draw/", draws.public, name="draw-public"),
    path(f"{OFFICE}guests/", guests.guests, name="guests"),
    path(f"{OFFICE}guests/best/", guests.best, name="guests-best"),
    path(f"{OFFICE}guests/<int:guest>/withdraw/", guests.withdraw, name="guest-withdraw"),
    path(f"{OFFICE}decisions/", decisions.decisions, name="decisions"),
    path(f"{OFFICE}decisions/propose/", decisions.propose, name="propose"),
    path(f"{OFFICE}decisions/of/<str:application>/", decisions.single, name="single"),
    path(f"{OFFICE}decisions/<slug:code>/", decisions.decision, name="decision"),
    path(f"{OFFICE}decisions/<slug:code>/approve/", decisions.approve, name="approve"),
    path(f"{OFFICE}decisions/<slug:code>/drop/", decisions.drop, name="drop"),
    path(f"{OFFICE}redress/", redress.listing, name="redress-list"),
    path(f"{OFFICE}redress/<slug:code>/", redress.request_page, name="redress-request"),
    path(f"{OFFICE}redress/<slug:code>/answer/", redress.answer, name="redress-answer"),
    path(f"{OWN}redress/", redress.redress, name="redress"),
    path(f"{OWN}redress/withdraw/", redress.withdraw, name="redress-withdraw"),
    path("desk/", desk.desk, name="desk"),
    path(FILE, desk.file, name="file"),
    path(f"{FILE}accept/", desk.accept, name="accept"),
    path(f"{FILE}conflict/", desk.conflict, name="conflict"),
    path(f"{FILE}marks/", desk.marks, name="marks"),
    path(f"{FILE}lock/", desk.lock, name="lock"),
    path(f"{FILE}files/<str:upload>/", desk.attachment, name="attachment"),
]
