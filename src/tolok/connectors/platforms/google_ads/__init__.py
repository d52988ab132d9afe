"""Google Ads: results of campaigns, ad groups, ads and keywords."""

from .connector import CONNECTOR

__all__ = ["CONNECTOR"]
