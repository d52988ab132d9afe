"""Addresses of reports in a brand."""

from django.urls import path

from . import pages, readers

app_name = "reports"
urlpatterns = [
    path("", pages.show_list, name="list"),
    path("new/", pages.make, name="make"),
    path("<int:report>/", pages.show, name="show"),
    path("<int:report>/settings/", pages.edit, name="edit"),
    path("<int:report>/readers/", readers.show_readers, name="readers"),
    path("<int:report>/readers/<int:reader>/", readers.change_reader, name="reader"),
    path("<int:report>/history/", readers.show_history, name="history"),
    path("<int:report>/send/", readers.send_now, name="send"),
    path("<int:report>/<str:period>/<slug:form>/", pages.take, name="take"),
    path("copies/<int:sending>/again/", readers.resend, name="again"),
]
