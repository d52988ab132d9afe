"""What this room says to people about signals, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from tolok.base import Text

from .season import SEASONS
from .wording import fill, join, say_number, say_percent

LAST_MISSING = Text(
    en="Cannot say: the last figure is missing. Missing is not zero.",
    id="Belum bisa dinilai: angka terakhir tidak ada. Tidak ada angka bukan berarti nol.",
)
_TOO_SHORT = Text(
    en="Cannot say: only {known} known figures to compare with; at least {needed} are needed.",
    id="Belum bisa dinilai: baru ada {known} angka pembanding; minimal perlu {needed}.",
)
_VERDICTS = {
    "routine": Text(
        en="{value} is routine variation: anything from {low} to {high} was to be expected.",
        id="{value} masih variasi wajar: angka antara {low} dan {high} memang bisa diduga.",
    ),
    "signal up": Text(
        en="{value} is a signal: higher than routine variation explains ({low} to {high}).",
        id="{value} adalah sinyal: lebih tinggi dari variasi wajar ({low} sampai {high}).",
    ),
    "signal down": Text(
        en="{value} is a signal: lower than routine variation explains ({low} to {high}).",
        id="{value} adalah sinyal: lebih rendah dari variasi wajar ({low} sampai {high}).",
    ),
    "shift": Text(
        en="The level has shifted: eight figures in a row confirm it, and {value} belongs to the "
        "new level (the old one allowed {low} to {high}). The baseline starts afresh.",
        id="Levelnya sudah bergeser: delapan angka berturut-turut menguatkannya, dan {value} "
        "termasuk level baru (level lama wajarnya {low} sampai {high}). "
        "Acuan dihitung ulang dari sini.",
    ),
}
_UNSEEN = Text(
    en="Cannot say: {value} is outside {low} to {high}, but the period falls in {seasons}, which "
    "this series has not seen often enough to compare with.",
    id="Belum bisa dinilai: {value} di luar {low} sampai {high}, tetapi periodenya bertepatan "
    "dengan {seasons}, dan data ini belum cukup sering melewatinya untuk dibandingkan.",
)
_VISIBLE = Text(
    en="The smallest lasting change this series can show is {up} or {down}.",
    id="Perubahan tetap terkecil yang bisa terlihat dari data ini: {up} atau {down}.",
)


def too_short(known: int, needed: int) -> Text:
    """Return the sentence for a baseline with too few known figures."""
    return fill(_TOO_SHORT, known=str(known), needed=str(needed))


def verdict(kind: str, value: float, low: float, high: float) -> Text:
    """Return the sentence of a verdict that could be reached."""
    return fill(_VERDICTS[kind], value=value, low=low, high=high)


def unseen_season(value: float, low: float, high: float, keys: Sequence[str]) -> Text:
    """Return the sentence for a figure that may be season: none like it is in the past."""
    names = [SEASONS[key] for key in keys]
    seasons = Text(
        en=" and ".join(n.en for n in names),
        id=" dan ".join(n.id for n in names),
    )
    return fill(_UNSEEN, value=value, low=low, high=high, seasons=seasons)


def smallest_visible(up: float, down: float, *, is_factor: bool) -> Text:
    """Return the sentence that names the smallest lasting change the series can show."""
    return fill(
        _VISIBLE,
        up=_say_change(up, is_factor),
        down=_say_change(down, is_factor),
    )


def _say_change(change: float, is_factor: bool) -> Text:
    if not is_factor:
        sign = "+" if change >= 0 else "−"
        return Text(en=sign + say_number(abs(change)), id=sign + say_number(abs(change), "id"))
    if change >= 2:
        return Text(en=f"×{say_number(change)}", id=f"{say_number(change, 'id')} kali lipat")
    share = abs(change - 1)
    sign = "+" if change >= 1 else "−"
    if 0 < share < 0.01:
        sign, share = f"{sign}<", 0.01
    return Text(en=sign + say_percent(share), id=sign + say_percent(share, "id"))


__all__ = ["LAST_MISSING", "join", "smallest_visible", "too_short", "unseen_season", "verdict"]
