"""The connector: Metricool's days of a profile; the account says the platform."""

from __future__ import annotations

from tolok.base import Text

from ...connector import Connector
from .days import DAYS

CONNECTOR = Connector(
    key="metricool",
    name=Text("Metricool", "Metricool"),
    platforms={},
    exports=(DAYS,),
    folder=__package__,
)
