"""Metricool: days of a profile, known from one example."""

from .connector import CONNECTOR

__all__ = ["CONNECTOR"]
