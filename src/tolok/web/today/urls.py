"""Addresses of the pages on which the roles begin, in a brand."""

from django.urls import path

from . import pages

app_name = "today"
urlpatterns = [
    path("", pages.show_today, name="today"),
    path("<slug:role>/", pages.show_role, name="role"),
]
