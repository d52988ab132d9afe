"""Addresses of planning in a brand."""

from django.urls import path

from . import activities, builder, checks, claims, history, learning, pages, review

app_name = "plan"
urlpatterns = [
    path("", pages.show_portfolio, name="portfolio"),
    path("findings/", pages.show_findings, name="findings"),
    path("kpis.toml", pages.download_file, name="file"),
    path("today/", pages.lead_to_today, name="old_today"),
    path("today/<slug:role>/", pages.lead_to_today, name="old_role"),
    path("new/", builder.show_start, name="new"),
    path("new/<slug:wish>/", builder.show_proposals, name="proposals"),
    path("kpi/", builder.make_kpi, name="make"),
    path("smart/", builder.show_letters, name="smart"),
    path("kpi/<slug:key>/", pages.show_kpi, name="kpi"),
    path("kpi/<slug:key>/edit/", builder.edit_kpi, name="edit"),
    path("kpi/<slug:key>/check/", checks.hold_check, name="check"),
    path("checks/", checks.list_checks, name="checks"),
    path("checks/calendar/", checks.make_feed_link, name="feed"),
    path("review/", review.show_review, name="review"),
    path("review/<slug:key>/", review.decide, name="decide"),
    path("activities/", activities.show_activities, name="activities"),
    path("activities/<slug:activity>/", activities.score, name="score"),
    path("activities/<slug:activity>/learned/", activities.keep_lesson, name="lesson"),
    path("claims/", claims.list_claims, name="claims"),
    path("claims/new/", claims.make_claim, name="claim"),
    path("claims/score/", claims.score_claims, name="score_claims"),
    path("learning/", learning.show_learning, name="learning"),
    path("learning/done/", learning.finish, name="learned"),
    path("as-of/", history.show_as_of, name="as_of"),
]
