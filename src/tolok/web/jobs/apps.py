"""The app of long work; it finds the `jobs.py` of every other app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Registers every kind of job at start."""

    name = "tolok.web.jobs"

    def ready(self) -> None:
        autodiscover_modules("jobs")
