"""From social media to the website: sessions by channel, their share, what they do there."""

from typing import Any

from tolok.base import COUNT, MONEY, RATIO, Text

from ..forms import amount, joined, money, ratio
from ..part import total, total_of

TABLE = "site_traffic"
DIMENSIONS = ("brand", "account", "segment")
REFERENCES = ("Google Analytics: default channel group", "Google Analytics: session key event rate")
OCTOBER = {"start": "2026-10-01", "until": "2026-11-01", "dimension": "channel"}


def by_channel(t: Any) -> Any:
    """Return the rows cut by channel: every session stands in exactly one of them."""
    return t.dimension == "channel"


def is_social(t: Any) -> Any:
    """Return whether a channel is social media, organic or paid, in either language."""
    name = t.segment.lower()
    return name.contains("social") | name.contains("sosial")


def social(t: Any) -> Any:
    """Return the rows of social channels."""
    return by_channel(t) & is_social(t)


def _rows(**columns: tuple[float, ...]) -> tuple[dict[str, Any], ...]:
    names = ("Organic Social", "Paid Social", "Direct")
    size = len(next(iter(columns.values())))
    return tuple({"dimension": "channel", "segment": names[i], "start": "2026-10-01",
                  "until": f"2026-10-{size + 1:02d}", **{c: v[i] for c, v in columns.items()}}
                 for i in range(size))  # fmt: skip


SUMS = (
    amount("site_sessions", Text("Sessions on the website", "Sesi situs web"),
           Text("Sessions from every channel.", "Sesi dari semua saluran."), table=TABLE,
           column="sessions", where=by_channel, serves=("K1.3",), stage="consideration",
           dimensions=DIMENSIONS, rows=_rows(sessions=(60, 30, 10)), value=100),
    amount("social_sessions", Text("Sessions from social media", "Sesi dari media sosial"),
           Text("Sessions on the website that came from social media, organic and paid.",
                "Sesi di situs web yang datang dari media sosial, organik dan berbayar."),
           table=TABLE, column="sessions", where=social, serves=("K1.3", "F6"),
           stage="consideration", dimensions=DIMENSIONS, rows=_rows(sessions=(60, 30, 10)), value=90),
    amount("social_key_events", Text("Key events from social media", "Peristiwa utama dari media sosial"),
           Text("Wanted actions on the website in sessions from social media.",
                "Tindakan yang diinginkan di situs web pada sesi dari media sosial."),
           table=TABLE, column="key_events", where=social, serves=("K1.3", "F3"),
           stage="conversion", dimensions=DIMENSIONS, rows=_rows(key_events=(4, 2, 9)), value=6),
    money("social_site_revenue", Text("Website revenue from social media",
                                      "Pendapatan situs dari media sosial"),
          Text("Revenue of sessions from social media, by the last channel before it.",
               "Pendapatan dari sesi media sosial, menurut saluran terakhir sebelumnya."),
          table=TABLE, column="revenue", where=social, serves=("F6", "K4.3"), stage="conversion",
          unit=MONEY, dimensions=DIMENSIONS, rows=_rows(revenue=(500, 20, 99)), value=520),
)  # fmt: skip

RATES = (
    ratio("social_session_share", Text("Social share of sessions", "Porsi sesi dari sosial"),
          Text("Of all sessions on the website, how many came from social media.",
               "Dari semua sesi di situs web, berapa yang datang dari media sosial."),
          Text("sessions from social channels / all sessions", "sesi saluran sosial / semua sesi"),
          table=TABLE, where=by_channel,
          top=total_of(lambda t: is_social(t).ifelse(t.sessions, 0), "sessions"),
          base=total("sessions"), serves=("K1.3", "F6"), stage="consideration",
          dimensions=("brand", "account"), references=REFERENCES, unit=RATIO,
          rows=_rows(sessions=(20, 10, 70)), value=0.3),
    ratio("social_conversion_rate", Text("Conversion rate of social sessions",
                                         "Tingkat konversi sesi sosial"),
          Text("Key events per session from social media; one session may have several.",
               "Peristiwa utama per sesi dari media sosial; satu sesi bisa punya beberapa."),
          Text("Σ key events / Σ sessions of social channels",
               "Σ peristiwa utama / Σ sesi saluran sosial"),
          table=TABLE, where=social, top=total("key_events"), base=total("sessions"),
          serves=("K1.3", "K4.2", "F3"), stage="conversion", dimensions=DIMENSIONS,
          references=REFERENCES, rows=_rows(key_events=(3, 2, 9), sessions=(80, 20, 10)), value=0.05),
    ratio("social_engaged_rate", Text("Engaged social sessions", "Sesi sosial yang terlibat"),
          Text("Of the sessions from social media, how many stayed ten seconds, saw two pages or had a "
               "key event.",
               "Dari sesi media sosial, berapa yang bertahan sepuluh detik, membuka dua halaman, atau "
               "punya peristiwa utama."),
          Text("Σ engaged sessions / Σ sessions of social channels",
               "Σ sesi terlibat / Σ sesi saluran sosial"),
          table=TABLE, where=social, top=total("engaged_sessions"), base=total("sessions"),
          serves=("K1.3",), stage="consideration", dimensions=DIMENSIONS, references=REFERENCES,
          rows=_rows(engaged_sessions=(30, 20, 9), sessions=(80, 20, 10)), value=0.5),
)  # fmt: skip

LANDING_RATE = joined(
    "landing_rate", Text("Landing rate", "Tingkat pendaratan"),
    Text("Sessions from social media per link click on the accounts. Over one means that people come "
         "by links nobody counted, under one that clicks get lost on the way or refuse measuring.",
         "Sesi dari media sosial per klik tautan di akun. Di atas satu berarti orang datang lewat "
         "tautan yang tak terhitung, di bawah satu berarti klik hilang di jalan atau tidak terukur."),
    Text("social sessions / link clicks of the accounts", "sesi sosial / klik tautan akun"),
    table=TABLE, parts={"sessions": "social_sessions", "clicks": "link_clicks"},
    combine=lambda p: p["sessions"] / p["clicks"], serves=("K1.3",), stage="consideration",
    dimensions=("brand",), rows=({**OCTOBER, "segment": "Organic Social", "sessions": 60},),
    others={"account_days": ({"link_clicks": 30}, {"link_clicks": 50})}, value=0.75,
)  # fmt: skip

SEARCHES = (
    amount("branded_search_visits", Text("Visits from searches for the brand",
                                         "Kunjungan dari pencarian merek"),
           Text("Visits from search queries that name the brand: people who already knew it.",
                "Kunjungan dari pencarian yang menyebut nama merek: orang yang sudah mengenalnya."),
           table="searches", column="clicks", where=lambda t: t.is_branded, serves=("K9.3",),
           stage="awareness", unit=COUNT, dimensions=("brand", "query"),
           references=("Google Search Console: queries",),
           rows=({"is_branded": True, "clicks": 12}, {"is_branded": False, "clicks": 90},
                 {"is_branded": True, "clicks": 3}), value=15),
)  # fmt: skip
