"""LinkedIn: company pages (content, followers, visitors, competitors) and a person's own export."""

from .connector import CONNECTOR

__all__ = ["CONNECTOR"]
