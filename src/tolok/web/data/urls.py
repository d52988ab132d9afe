"""Addresses of the data of a brand."""

from django.urls import path

from . import connected, drop, history, mapping, own, person, record_pages, sample

app_name = "data"
urlpatterns = [
    path("", connected.show, name="connected"),
    path("months/", connected.show_months, name="months"),
    path("bring/", drop.bring, name="bring"),
    path("bring/<uuid:drop>/", drop.show, name="drop"),
    path("bring/<uuid:drop>/answer/", drop.answer, name="answer"),
    path("bring/<uuid:drop>/take/", drop.take, name="take"),
    path("bring/<uuid:drop>/forget/", drop.forget, name="forget"),
    path("bring/<uuid:drop>/columns/", mapping.show, name="mapping"),
    path("imports/", history.show, name="imports"),
    path("imports/<int:seq>/undo/", history.undo, name="undo"),
    path("files/<slug:digest>/", history.show_file, name="file"),
    path("files/<slug:digest>/raw/", history.send_raw, name="raw"),
    path("own/", own.show, name="own"),
    path("records/", record_pages.show, name="records"),
    path("records/<slug:kind>/", record_pages.show_kind, name="record_list"),
    path("records/<slug:kind>/new/", record_pages.make, name="new_record"),
    path("records/<slug:kind>/template.csv", record_pages.send_template, name="template"),
    path("records/<slug:kind>/one/<path:key>", record_pages.change, name="record"),
    path("person/", person.show, name="person"),
    path("sample/", sample.show, name="sample"),
]
