"""Addresses of the figures of a brand."""

from django.urls import path

from . import views

app_name = "insights"
urlpatterns = [
    path("", views.show_scorecard, name="scorecard"),
    path("metric/<slug:metric>/", views.show_metric, name="metric"),
]
