"""Addresses of planning that need no account: the calendar feed, behind its secret."""

from django.urls import path

from . import checks

app_name = "plan_open"
urlpatterns = [path("calendar/<str:secret>.ics", checks.show_feed, name="ics")]
