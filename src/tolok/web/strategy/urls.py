"""Addresses of strategy in a brand."""

from django.urls import path

from . import alignment, budgets, goals, strategies, tactics

app_name = "strategy"
urlpatterns = [
    path("goals/", goals.list_goals, name="goals"),
    path("goals/new/", goals.make_goal, name="new_goal"),
    path("goal/<path:key>/edit/", goals.edit_goal, name="edit_goal"),
    path("goal/<path:key>/end/", goals.end_goal, name="end_goal"),
    path("goal/<path:key>/", goals.show_goal, name="goal"),
    path("", strategies.list_strategies, name="strategies"),
    path("new/", strategies.make_strategy, name="new_strategy"),
    path("of/<path:key>/edit/", strategies.edit_strategy, name="edit_strategy"),
    path("of/<path:key>/force/", strategies.put_to_work, name="force"),
    path("of/<path:key>/end/", strategies.end_strategy, name="end"),
    path("of/<path:key>/tactic/", tactics.make_tactic, name="new_tactic"),
    path("of/<path:key>/", strategies.show_strategy, name="strategy"),
    path("tactic/<path:key>/", tactics.edit_tactic, name="tactic"),
    path("scores/", alignment.list_scores, name="scores"),
    path("score/<slug:kind>/<path:key>/", alignment.score_thing, name="score"),
    path("budget/", budgets.show_budget, name="budget"),
    path("budget/line/", budgets.edit_line, name="line"),
]
