"""The app of people and brands."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, brands and what they may do."""

    name = "tolok.web.accounts"
