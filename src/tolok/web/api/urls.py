"""The reference page of the API."""

from django.urls import path

from . import pages

app_name = "api"
urlpatterns = [
    path("", pages.show_reference, name="reference"),
    path("<slug:group>/", pages.show_group, name="group"),
]
