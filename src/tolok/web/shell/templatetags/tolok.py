"""Tags that draw the parts of pages; they stand ready in every template."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tolok.base import Text

from ..icons import ICONS
from ..language import language_of_page, locale_of_page
from ..parts import TONE_ICONS, Words
from ..sparkline import HEIGHT, WIDTH, Spark, draw_spark
from ..switcher import draw_badge

register = template.Library()
_LOOKS = 512  # signs kept drawn per process
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def say(words: Words | None) -> str:
    """Return a Text (or any words) in the language of the page."""
    if isinstance(words, Text):
        return words.say(language_of_page())
    return "" if words is None else str(words)


@register.filter
def said(words: dict[str, str] | None) -> str:
    """Return words kept as {"en": …, "id": …} in the language of the page."""
    return (words or {}).get(language_of_page(), "")


@register.filter
def moment(at: datetime | None) -> str:
    """Return a moment on the clock of the brand, as the language of the page writes it."""
    if not at:
        return ""
    plain = at.astimezone(UTC).replace(tzinfo=None)
    return locale_of_page().format_datetime(plain, timezone.get_current_timezone_name())


@register.filter
def day(at: date | datetime | None) -> str:
    """Return a day, of a moment that on the brand's clock, as the language of the page writes it."""
    if not at:
        return ""
    local = timezone.localtime(at).date() if isinstance(at, datetime) else at
    return locale_of_page().format_date(local)


@register.simple_tag
@lru_cache(maxsize=_LOOKS)
def icon(name: str, extra: str = "") -> SafeString:
    """Draw an icon; it is an ornament, the words stand beside it."""
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        extra,
        ICONS.get(name, ICONS["dot"]),
    )


@register.simple_tag
@lru_cache(maxsize=_LOOKS)
def tone_icon(tone: str) -> SafeString:
    """Draw the sign of a tone."""
    return icon(TONE_ICONS.get(tone, "dash"))


@register.simple_tag
def badge(brand: Any) -> SafeString:
    """Draw the logo of a brand, or what stands for it."""
    return draw_badge(brand)


@register.simple_tag
def part(value: Any, **more: Any) -> SafeString:
    """Draw a Figure, Table, Chart, Empty or Verdict with its template."""
    name = type(value).__name__.lower()
    return mark_safe(render_to_string(f"shell/parts/{name}.html", {"part": value, **more}))  # noqa: S308


@register.simple_tag
def sparkline(steps: Any, goal: float | None = None, says: Words = "") -> SafeString:
    """Draw a sparkline; nothing when fewer than two values or leasts are known."""
    spark = draw_spark(tuple(steps or ()), goal)
    if spark is None:
        return SafeString("")
    words = say(says) or _("Course over time")
    if count := len(spark.leasts):
        words = ngettext(
            "%(course)s; %(count)s of them known only as at least so much (arrow)",
            "%(course)s; %(count)s of them known only as at least so much (arrows)",
            count,
        ) % {"course": words, "count": count}
    if spark.cuts:
        anew = _("%(course)s; a platform began to count otherwise where the line is cut")
        words = anew % {"course": words}
    cuts = format_html_join("", '<path class="cut" d="M{} 2V30"/>', ((x,) for x in spark.cuts))
    gaps = format_html_join(
        "", '<rect class="gap" fill="url(#hatch)" x="{}" y="0" width="{}" height="32"/>', spark.gaps
    )
    goal_line = (
        SafeString("")
        if spark.goal_y is None
        else format_html('<path class="goal" d="M0 {0}H120"/>', spark.goal_y)
    )
    lines = format_html_join("", '<polyline points="{}"/>', ((line,) for line in spark.lines))
    points = dict.fromkeys((*spark.dots, *((spark.last,) if spark.last else ())))
    # A line of no length with round ends stays a round dot however the picture is stretched.
    dots = _marks("dot", spark, ((x, f"M{x} {y}h0") for x, y in points))
    leasts = _marks("least", spark, (
        (x, f"M{round(x - 3, 1)} {y}h6m-3 0v-{int(spark.stem)}m-2.5 3l2.5-3l2.5 3") for x, y in spark.leasts
    ))  # fmt: skip
    ranges = _marks(
        "between", spark, ((x, f"M{x} {top}V{floor}") for x, top, floor in spark.ranges)
    )
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" '
        'aria-label="{}"><title>{}</title>{}{}{}{}{}{}{}</svg>',
        int(WIDTH), int(HEIGHT), words, words, gaps, goal_line, cuts, ranges, lines, leasts, dots,
    )  # fmt: skip


def _marks(kind: str, spark: Spark, shapes: Iterable[tuple[float, str]]) -> SafeString:
    """Draw the marks of single steps; the one of the last step stands out."""
    return format_html_join("", '<path class="{}" d="{}"/>', (
        (f"{kind} last" if x == spark.last_x else kind, path) for x, path in shapes
    ))  # fmt: skip


@register.simple_tag
def term(label: Words, meaning: Words) -> SafeString:
    """Draw a word with its meaning, shown on hover, focus and touch, closed by Escape."""
    if not say(meaning):
        return format_html("{}", say(label))
    # Not counted: a part drawn in another process, long ago, may stand on the same page.
    key = f"tip-{secrets.token_hex(5)}"
    return format_html(
        '<span class="term"><button type="button" class="term-word" aria-describedby="{0}">{1}'
        '</button><span class="tip" role="tooltip" id="{0}">{2}</span></span>',
        key,
        say(label),
        say(meaning),
    )


@register.simple_tag
def json_data(value: Any, key: str) -> SafeString:
    """Put data into the page for a script to read, as a block that no browser executes."""
    body = json.dumps(value, ensure_ascii=False, default=say).translate(_ESCAPES)
    return format_html(
        '<script type="application/json" data-for="{}">{}</script>',
        key,
        mark_safe(body),  # noqa: S308 - <, > and & are escaped above
    )


@register.simple_tag
def setting(name: str) -> Any:
    """Return one of the few settings templates may ask for."""
    return getattr(settings, name) if name in {"TOLOK_LOCAL", "TOLOK_MAIL_READY"} else ""
