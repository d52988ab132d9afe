"""YouTube Studio: videos, days, charts and totals of a channel."""

from .connector import CONNECTOR

__all__ = ["CONNECTOR"]
