"""Google Analytics 4: reports, explorations and snapshots of a website."""

from .connector import CONNECTOR

__all__ = ["CONNECTOR"]
