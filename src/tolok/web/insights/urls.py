"""Addresses of the figures of a brand."""

from django.urls import path

from . import (
    catalogue,
    competitors,
    downloads,
    downloads_others,
    metric_page,
    notes,
    portfolio,
    rows,
    scorecard_page,
    views,
)

app_name = "insights"
urlpatterns = [
    path("", scorecard_page.show, name="scorecard"),
    path("scorecard.<slug:form>", downloads.send_scorecard, name="scorecard_file"),
    path("views/", views.save, name="save_view"),
    path("views/<int:view>/first/", views.choose_first, name="first_view"),
    path("views/<int:view>/drop/", views.drop, name="drop_view"),
    path("brands/", portfolio.show, name="portfolio"),
    path("brands.<slug:form>", downloads_others.send_portfolio, name="portfolio_file"),
    path("competitors/", competitors.show, name="competitors"),
    path("competitors.<slug:form>", downloads_others.send_competitors, name="competitors_file"),
    path("metrics/", catalogue.show, name="catalogue"),
    path("metrics.<slug:form>", downloads.send_catalogue, name="catalogue_file"),
    path("metric/<slug:metric>/", metric_page.show, name="metric"),
    path("metric/<slug:metric>/notes/", notes.add, name="add_note"),
    path("notes/<int:note>/drop/", notes.drop, name="drop_note"),
    path("metric/<slug:metric>/rows/", rows.show_row, name="row"),
    path("metric/<slug:metric>/<slug:what>.<slug:form>", downloads.send_metric, name="metric_file"),
]
