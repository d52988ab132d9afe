"""X: posts, account overview and video overview, and the layouts before 2023."""

from .connector import CONNECTOR

__all__ = ["CONNECTOR"]
