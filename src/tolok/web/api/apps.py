"""The app of the API."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Operations for programs, and what becomes of their answers when data is erased."""

    name = "tolok.web.api"

    def ready(self) -> None:
        from . import keeping

        keeping.listen()
