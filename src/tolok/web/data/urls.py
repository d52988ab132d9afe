"""Addresses of the data of a brand."""

from django.urls import path

from . import connected, drop, history, mapping, own, person, sample

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
    path("person/", person.show, name="person"),
    path("sample/", sample.show, name="sample"),
]
