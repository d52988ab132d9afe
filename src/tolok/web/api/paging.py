"""Pages of long lists: how many entries, and from which on."""

from __future__ import annotations

from ninja import Field, Schema
from ninja.pagination import LimitOffsetPagination

_MOST = 1_000
_FURTHEST = 2**31 - 1  # databases count rows no further; beyond it they refuse the question


class Pages(LimitOffsetPagination):
    """At most a thousand entries at once; what asks for more is told so (422)."""

    class Input(Schema):
        """What a caller may ask: `limit` entries from the one numbered `offset` on."""

        limit: int = Field(100, ge=1, le=_MOST)
        offset: int = Field(0, ge=0, le=_FURTHEST)
