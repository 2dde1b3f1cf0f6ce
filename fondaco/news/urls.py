"""Addresses of news: feeds, calendars, and following."""

from django.urls import path

from fondaco.news.views import feeds, following

app_name = "news"
urlpatterns = [
    path("news.atom", feeds.all_news, name="all"),
    path("calls/<slug:call>/news.atom", feeds.call_news, name="call"),
    path("calls/<slug:call>/deadline.ics", feeds.call_calendar, name="deadline"),
    path("programmes/<slug:code>/news.atom", feeds.programme_news, name="programme"),
    path("programmes/<slug:code>/calendar.ics", feeds.programme_calendar, name="calendar"),
    path("follow/", following.follow, name="follow"),
    path("follow/<str:token>/confirm/", following.confirm, name="confirm"),
    path("follow/<str:token>/stop/", following.stop, name="stop"),
    path("following/", following.following, name="following"),
    path("following/<str:token>/", following.followed, name="followed"),
]
