"""Sprout Social: posts and profiles of many networks in one file."""

from .connector import CONNECTOR

__all__ = ["CONNECTOR"]
