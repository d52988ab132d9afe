"""Tolok: the performance system of a social-media team, the right number first."""

__version__ = "0.1.0"
