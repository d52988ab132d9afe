"""Addresses of the frame."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "shell"

urlpatterns = [
    path("", views.start, name="start"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("language/", views.set_language, name="language"),
    path("theme/", views.set_theme, name="theme"),
    path("b/<slug:brand>/", views.home, name="home"),
    path("b/<slug:brand>/commands.json", views.list_commands, name="commands"),
    path("b/<slug:brand>/jobs/<int:job>/", views.show_job, name="job"),
    path("b/<slug:brand>/jobs/<int:job>/stop/", views.stop_job, name="stop_job"),
]
