"""TikTok Studio: overview, followers, viewers, audience and content."""

from .connector import CONNECTOR

__all__ = ["CONNECTOR"]
