"""Addresses of the figures of a brand."""

from django.urls import path

from . import catalogue, downloads, metric, portfolio, rows, scorecard

app_name = "insights"
urlpatterns = [
    path("", scorecard.show, name="scorecard"),
    path("scorecard.<slug:form>", downloads.send_scorecard, name="scorecard_file"),
    path("brands/", portfolio.show, name="portfolio"),
    path("metrics/", catalogue.show, name="catalogue"),
    path("metric/<slug:metric>/", metric.show, name="metric"),
    path("metric/<slug:metric>/rows/", rows.show_row, name="row"),
    path("metric/<slug:metric>/<slug:what>.<slug:form>", downloads.send_metric, name="metric_file"),
]
