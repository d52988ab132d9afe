"""Addresses of sharing in a brand."""

from django.urls import path

from . import comments, pages

app_name = "share"
urlpatterns = [
    path("", pages.show_links, name="links"),
    path("<int:link>/revoke/", pages.revoke, name="revoke"),
    path("comments/<slug:kind>/<str:thing>/", comments.show_comments, name="comments"),
    path("comments/<int:comment>/remove/", comments.remove, name="remove_comment"),
    path("notices/", pages.show_notices, name="notices"),
    path("notices/<int:channel>/", pages.change_channel, name="channel"),
]
