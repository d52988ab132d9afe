"""Growth and comparison: against the period before, last year, and the competitors followed."""

from typing import Any

from tolok.base import PERCENT_POINTS, RATIO, TIMES, Text

from ..forms import joined
from ..metric import Metric
from ..part import figure_of, period_days

PLACES = ("brand", "platform", "account")
WITHOUT_ACCOUNT = ("brand", "platform")
FROM_ZERO = Text("it was zero before", "sebelumnya nol")


def _days(month: str, last: int, **measures: float) -> tuple[dict[str, Any], ...]:
    return tuple({"day": f"{month}-{d:02d}", **measures} for d in range(1, last + 1))


def _grow(p: Any) -> Any:
    return (p["now"] - p["before"]) / p["before"]


def _growth(key: str, of: str, shift: Any, *, name: Text, meaning: Text, table: str, rows: Any,
            value: float, others: Any = None, serves: tuple[str, ...] = ("K1.2",),
            **more: Any) -> Metric:  # fmt: skip
    said = ("previous period", "periode sebelumnya") if shift == "previous" else (
        "same period last year", "periode sama tahun lalu")  # fmt: skip
    given: dict[str, Any] = {"dimensions": PLACES, "stage": "consideration", "undefined": FROM_ZERO,
                             "unit": RATIO, "combine": _grow, **more}  # fmt: skip
    return joined(key, name, meaning,
                  Text(f"(now − {said[0]}) / {said[0]}", f"(kini − {said[1]}) / {said[1]}"),
                  table=table, parts={"now": figure_of(of), "before": figure_of(of, shift=shift)},
                  rows=rows, others=others or {}, value=value, serves=serves, **given)  # fmt: skip


ENGAGEMENT = (
    _growth("interaction_growth", "interactions", "previous",
            name=Text("Growth of interactions", "Pertumbuhan interaksi"),
            meaning=Text("How much more people interacted than in the period before.",
                         "Seberapa lebih banyak interaksi dibanding periode sebelumnya."),
            table="account_days", value=0.24,
            rows=(*_days("2026-09", 30, interactions=10), *_days("2026-10", 31, interactions=12))),
    _growth("interaction_growth_on_last_year", "interactions", "last_year",
            name=Text("Growth of interactions on last year", "Pertumbuhan interaksi tahunan"),
            meaning=Text("How much more people interacted than in the same period last year.",
                         "Seberapa lebih banyak interaksi dibanding periode yang sama tahun lalu."),
            table="account_days", value=0.5,
            rows=(*_days("2025-10", 31, interactions=8), *_days("2025-11", 30, interactions=8),
                  *(r for m, n in (("2025-12", 31), ("2026-01", 31), ("2026-02", 28), ("2026-03", 31),
                                   ("2026-04", 30), ("2026-05", 31), ("2026-06", 30), ("2026-07", 31),
                                   ("2026-08", 31), ("2026-09", 30)) for r in _days(m, n, interactions=9)),
                  *_days("2026-10", 31, interactions=12))),
    _growth("engagement_growth", "engagements", "previous",
            name=Text("Growth of engagements on posts", "Pertumbuhan interaksi unggahan"),
            meaning=Text("How many more engagements the posts of the period brought than those of the "
                         "period before. Younger posts have had less time: see provisional days.",
                         "Seberapa lebih banyak interaksi dari unggahan periode ini dibanding periode "
                         "sebelumnya. Unggahan muda belum lama tayang: lihat hari sementara."),
            table="posts", basis="published", value=0.25,
            rows=({"likes": 80, "published_at": "2026-09-10T05:00"},
                  {"likes": 70, "published_at": "2026-10-10T05:00"},
                  {"likes": 30, "published_at": "2026-10-11T05:00"})),
    _growth("engagement_rate_growth", "engagement_rate_by_reach", "previous",
            name=Text("Growth of engagement rate", "Pertumbuhan tingkat interaksi"),
            meaning=Text("Relative change of the engagement rate by reach against the period before.",
                         "Perubahan relatif tingkat interaksi per jangkauan dibanding periode "
                         "sebelumnya."),
            table="posts", basis="published", value=0.5,
            rows=({"likes": 20, "reach": 1000, "published_at": "2026-09-10T05:00"},
                  {"likes": 60, "reach": 2000, "published_at": "2026-10-10T05:00"})),
    _growth("engagement_rate_growth_on_last_year", "engagement_rate_by_reach", "last_year",
            name=Text("Growth of engagement rate on last year", "Pertumbuhan tahunan tingkat interaksi"),
            meaning=Text("Relative change of the engagement rate by reach against last year.",
                         "Perubahan relatif tingkat interaksi per jangkauan dibanding tahun lalu."),
            table="posts", basis="published", value=0.5,
            rows=({"likes": 20, "reach": 1000, "published_at": "2025-10-10T05:00"},
                  {"likes": 60, "reach": 2000, "published_at": "2026-10-10T05:00"})),
    _growth("engagement_rate_change", "engagement_rate_by_reach", "previous",
            name=Text("Change of engagement rate", "Perubahan tingkat interaksi"),
            meaning=Text("Engagement rate by reach less that of the period before, in points.",
                         "Tingkat interaksi per jangkauan dikurangi periode sebelumnya, dalam poin."),
            table="posts", basis="published", value=0.01, unit=PERCENT_POINTS,
            combine=lambda p: p["now"] - p["before"],
            rows=({"likes": 20, "reach": 1000, "published_at": "2026-09-10T05:00"},
                  {"likes": 60, "reach": 2000, "published_at": "2026-10-10T05:00"})),
    _growth("social_session_growth", "social_sessions", "previous",
            name=Text("Growth of visits from social media", "Pertumbuhan kunjungan dari media sosial"),
            meaning=Text("How many more sessions came from social media than in the period before.",
                         "Seberapa lebih banyak sesi dari media sosial dibanding periode sebelumnya."),
            table="site_traffic", dimensions=("brand",), value=0.15, serves=("F6", "K1.3"),
            rows=tuple({"dimension": "channel", "segment": "Organic Social", "start": a, "until": b,
                        "sessions": n} for a, b, n in (("2026-09-01", "2026-10-01", 100),
                                                       ("2026-10-01", "2026-11-01", 115)))),
)  # fmt: skip

FOLLOWERS = (
    joined("follower_growth_annualised",
           Text("Follower growth, annualised", "Pertumbuhan pengikut, disetahunkan"),
           Text("What the growth of the period would come to over a year at the same pace; a short "
                "period makes it jump.",
                "Hasil pertumbuhan periode ini bila berlanjut setahun dengan laju sama; periode pendek "
                "membuatnya melonjak."),
           Text("(1 + growth rate) ^ (365 / days) − 1", "(1 + laju) ^ (365 / hari) − 1"),
           table="account_days", basis="state", parts={"rate": "follower_growth_rate", "days": period_days()},
           combine=lambda p: (1 + p["rate"]) ** (365 / p["days"]) - 1, serves=("K8.1",),
           stage="awareness", is_vanity=True, outcome="interactions", dimensions=PLACES,
           rows=({"followers": 100, "day": "2026-09-30"}, {"followers": 110, "day": "2026-10-31"}),
           others={}, value=1.1 ** (365 / 31) - 1),
)  # fmt: skip


def _against(key: str, of: str, *, name: Text, meaning: Text, table: str, rows: Any, value: float,
             points: bool = False, **more: Any) -> Metric:  # fmt: skip
    formula = Text("ours − competitors'", "kita − pesaing") if points else Text(
        "ours / competitors'", "kita / pesaing")  # fmt: skip
    given: dict[str, Any] = {"dimensions": WITHOUT_ACCOUNT, "serves": ("K8.3",), **more}
    competitor = ({"account": "instagram:rival", "relation": "competitor"},)
    return joined(key, name, meaning, formula, table=table,
                  parts={"own": figure_of(of), "other": figure_of(of, relation="competitor")},
                  combine=(lambda p: p["own"] - p["other"]) if points
                  else (lambda p: p["own"] / p["other"]),
                  unit=PERCENT_POINTS if points else TIMES, rows=rows,
                  others={"accounts": competitor}, value=value, **given)  # fmt: skip


COMPETITORS = (
    _against("engagements_per_post_against_competitors", "engagements_per_post",
             name=Text("Engagements per post against competitors", "Interaksi per unggahan vs pesaing"),
             meaning=Text("Engagements our posts bring per engagement posts of the competitors followed "
                          "bring, all their posts together.",
                          "Interaksi unggahan kita dibanding interaksi unggahan pesaing yang diikuti, "
                          "semua unggahannya digabung."),
             table="posts", basis="published", stage="consideration", value=1.5,
             rows=({"likes": 40}, {"likes": 20}, {"likes": 20, "account": "instagram:rival"})),
    _against("engagement_rate_against_competitors", "median_post_engagement_rate_by_followers",
             name=Text("Engagement rate against competitors", "Tingkat interaksi vs pesaing"),
             meaning=Text("Engagement rate by followers of our middle post per that of the middle post of "
                          "the competitors followed.",
                          "Tingkat interaksi per pengikut pada unggahan tengah kita dibanding milik "
                          "pesaing yang diikuti."),
             table="posts", basis="published", stage="consideration", value=2,
             rows=({"likes": 40, "followers_then": 1000},
                   {"likes": 20, "followers_then": 1000, "account": "instagram:rival"})),
    _against("follower_growth_against_competitors", "follower_growth_rate",
             name=Text("Follower growth against competitors", "Pertumbuhan pengikut vs pesaing"),
             meaning=Text("Our follower growth less that of the competitors followed, in points.",
                          "Pertumbuhan pengikut kita dikurangi milik pesaing yang diikuti, dalam poin."),
             table="account_days", basis="state", stage="awareness", points=True, value=0.15,
             is_vanity=True, outcome="interactions",
             rows=({"followers": 100, "day": "2026-09-30"}, {"followers": 120, "day": "2026-10-31"},
                   {"followers": 200, "day": "2026-09-30", "account": "instagram:rival"},
                   {"followers": 210, "day": "2026-10-31", "account": "instagram:rival"})),
)  # fmt: skip
