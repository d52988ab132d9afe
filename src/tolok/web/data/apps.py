"""The app of the data of a brand."""

from __future__ import annotations

from django.apps import AppConfig


class DataConfig(AppConfig):
    """Files brought in, and what becomes of them when a brand is exported or deleted."""

    name = "tolok.web.data"

    def ready(self) -> None:
        from . import keeping

        keeping.listen()
