"""Meta: content, daily series and audience of Facebook and Instagram, and adverts."""

from .connector import CONNECTOR

__all__ = ["CONNECTOR"]
