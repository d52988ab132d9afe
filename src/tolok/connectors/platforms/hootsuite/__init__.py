"""Hootsuite: posts of many networks in one file, known from one example."""

from .connector import CONNECTOR

__all__ = ["CONNECTOR"]
