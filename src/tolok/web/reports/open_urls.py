"""Addresses of reports that need no account."""

from django.urls import path

from . import reading

app_name = "reports_open"
urlpatterns = [path("<str:secret>/", reading.read, name="read")]
