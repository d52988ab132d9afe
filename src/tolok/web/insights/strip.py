"""The strip below a chart: what happened on its steps, one small sign each, told on demand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tolok.base import Period

from .field import STRIP, Field
from .happenings import KIND_NAMES, Happening

# Each kind has a shape of its own, so that none needs its colour.
_SHAPES = {
    "note": "M-4 -4h8v5l-3 3h-5z",
    "incident": "M0 -5 5 4h-10z",
    "campaign": "M-5 -2.5h10v5h-10z",
    "activity": "M-4 4v-8l8 3-8 3",
    "holiday": "M0 -5 1.5 -1.5 5 0 1.5 1.5 0 5 -1.5 1.5 -5 0 -1.5 -1.5z",
    "post": "M-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0",
}
# The same shapes on a sheet of 16 by 10, for the names beside the chart.
SWATCHES = {
    "note": "M4 1h8v5l-3 3h-5z",
    "incident": "M8 0 13 9h-10z",
    "campaign": "M1 3.5h14v3h-14z",
    "activity": "M4 9v-8l8 3-8 3",
    "holiday": "M8 0 9.5 3.5 13 5 9.5 6.5 8 10 6.5 6.5 3 5 6.5 3.5z",
    "post": "M5.5 5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0",
}
_SPANS = ("campaign",)
_DAY = timedelta(days=1)
_LANES = 3


def draw_strip(
    happenings: Sequence[Happening], spans: Sequence[Period], field: Field
) -> SafeString:
    """Return the signs of what happened; each kind is a layer that can be hidden."""
    drawn = []
    for kind in KIND_NAMES:
        found = [h for h in happenings if h.kind == kind]
        if not found:
            continue
        inner = _bars(found, spans, field) if kind in _SPANS else _signs(found, spans, field, kind)
        drawn.append(format_html('<g data-layer="{}" class="happening {}">{}</g>',
                                 f"on-{kind}", kind, inner))  # fmt: skip
    return format_html_join("", "{}", ((one,) for one in drawn))


def _signs(
    found: Sequence[Happening], spans: Sequence[Period], field: Field, kind: str
) -> SafeString:
    """Draw one sign on each step on which something of the kind began."""
    starts = {
        number for number, span in enumerate(spans) for one in found
        if span.start <= one.first < span.end
    }  # fmt: skip
    order = [k for k in KIND_NAMES if k not in _SPANS].index(kind)
    y = field.floor + STRIP - 7
    # Neighbouring kinds stand a little apart, so that two signs of one step stay readable.
    shift = (order - 1) * 5 if len(spans) <= 30 else 0
    return format_html_join(
        "", '<path transform="translate({} {})" d="{}"/>',
        ((f"{field.x(n) + shift:g}", f"{y:g}", _SHAPES[kind]) for n in sorted(starts)),
    )  # fmt: skip


def _bars(found: Sequence[Happening], spans: Sequence[Period], field: Field) -> SafeString:
    """Draw a thin bar over the days something lasted, on the first lane that is free."""
    free = [0.0] * _LANES
    places = []
    for one in sorted(found, key=lambda h: h.first):
        left = field.x(_place(one.first, spans) - 0.5)
        right = max(left + 3, field.x(_place(one.last + _DAY, spans) - 0.5))
        lane = next((n for n in range(_LANES) if free[n] <= left), _LANES - 1)
        free[lane] = max(free[lane], right + 2)
        places.append((left, field.floor + 3 + lane * 4, right - left))
    return format_html_join(
        "", '<rect x="{}" y="{}" width="{}" height="2.5" rx="1"/>',
        ((f"{x:g}", f"{y:g}", f"{w:g}") for x, y, w in places),
    )  # fmt: skip


def _place(day: date, spans: Sequence[Period]) -> float:
    """Return where a day lies among the steps, in steps from the left edge; kept to the edges."""
    if day <= spans[0].start:
        return 0.0
    for number, span in enumerate(spans):
        if day < span.end:
            return number + max(0, (day - span.start).days) / span.days
    return float(len(spans))
