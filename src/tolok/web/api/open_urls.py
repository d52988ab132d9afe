"""Addresses of the API; each operation asks for a token by itself."""

from django.urls import path

from .entry import API

app_name = "api_open"
urlpatterns = [path("v1/", API.urls)]
