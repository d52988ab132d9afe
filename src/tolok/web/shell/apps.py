"""The app of the frame."""

from __future__ import annotations

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Templates, styles and scripts all pages share."""

    name = "tolok.web.shell"
