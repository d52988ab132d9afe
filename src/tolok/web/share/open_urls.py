"""Addresses of sharing that need no account."""

from django.urls import path

from . import opened

app_name = "share_open"
urlpatterns = [path("<str:secret>/", opened.show_page, name="page")]
