"""What happened on the accounts: views, interactions, followers won and lost, visits."""

from tolok.base import COUNT, PEOPLE, RATIO, Text

from ..metric import Example, Metric
from ..part import count_rows, level, people, total, total_of

DAY = "2026-10-01"


def _flow(key: str, column: str, name: Text, meaning: Text, *, serves: tuple[str, ...],
          stage: str = "awareness", outcome: str | None = None,
          tags: tuple[str, ...] = ()) -> Metric:  # fmt: skip
    return Metric(
        key=key, name=name, meaning=meaning,
        formula=Text(f"Σ {name.en.lower()} per day", f"Σ {name.id.lower()} per hari"),
        table="account_days", parts={"sum": total(column)}, value=lambda p: p["sum"],
        unit=COUNT, direction="up", kind="flow", basis="activity", stage=stage,  # type: ignore[arg-type]
        is_vanity=outcome is not None, outcome=outcome, serves=serves, tags=tags,
        dimensions=("brand", "platform", "account", "weekday"),
        example=Example(rows=({column: 10}, {column: 25}), value=35),
    )  # fmt: skip


FLOWS = (
    _flow("views", "views", Text("Views", "Tayangan"),
          Text("Times content of the account was shown or played in the period.",
               "Berapa kali konten akun ditampilkan atau diputar dalam periode."),
          serves=("K2.1", "F2"), outcome="interaction_rate_by_views"),
    _flow("impressions", "impressions", Text("Impressions", "Impresi"),
          Text("Times content of the account was shown in the period, on platforms that count "
               "impressions.",
               "Berapa kali konten akun ditampilkan dalam periode, di platform yang menghitung "
               "impresi."),
          serves=("K2.1", "F2", "F5"), outcome="interactions"),
    _flow("interactions", "interactions", Text("Interactions", "Total interaksi"),
          Text("All interactions of the period as the platform totals them.",
               "Semua interaksi dalam periode menurut total platform."),
          serves=("F1", "K1.2"), stage="consideration"),
    _flow("link_clicks", "link_clicks", Text("Link clicks of the account", "Klik tautan akun"),
          Text("Clicks that lead out of the platform, from posts and profile.",
               "Klik yang membawa orang keluar platform, dari unggahan dan profil."),
          serves=("K1.3", "F6"), stage="conversion"),
    _flow("profile_visits", "profile_visits", Text("Profile visits", "Kunjungan profil"),
          Text("Visits to the profile or page.", "Kunjungan ke profil atau halaman."),
          serves=("F5",), stage="consideration"),
    _flow("followers_gained", "followers_gained", Text("New followers", "Pengikut baru"),
          Text("Follows won in the period, losses not taken off.",
               "Pengikut yang didapat dalam periode, belum dikurangi yang hilang."),
          serves=("K3.1",), outcome="interactions"),
)  # fmt: skip

REACH = Metric(
    key="reach",
    name=Text("Reach", "Jangkauan"),
    meaning=Text(
        "People who saw anything of the account. The platform's own total of a period is shown "
        "where it gave one; otherwise bounds: at least the best day, at most all days together.",
        "Orang yang melihat apa pun dari akun. Total periode dari platform dipakai bila ada; bila "
        "tidak, batasnya: paling sedikit hari terbaik, paling banyak semua hari dijumlahkan."),
    formula=Text("people reached, never added up", "orang terjangkau, tidak dijumlahkan"),
    table="account_days", parts={"people": people("reach")}, value=lambda p: p["people"],
    unit=PEOPLE, direction="up", kind="unique", basis="activity", stage="awareness",
    is_vanity=True, outcome="interactions", serves=("K2.1", "F2", "K9.3"),
    references=("Meta: reach cannot be summed over days",),
    example=Example(rows=({"reach": 70}, {"reach": 50}), value=None, low=70, high=120),
)  # fmt: skip

DAILY_REACH = Metric(
    key="mean_daily_reach",
    name=Text("Reach of an average day", "Jangkauan rata-rata per hari"),
    meaning=Text("People reached on an average day; unlike reach over days it can be compared and "
                 "followed.",
                 "Orang terjangkau pada hari rata-rata; berbeda dari jangkauan lintas hari, angka "
                 "ini bisa dibandingkan dan diikuti."),
    formula=Text("mean of reach over days and accounts", "rata-rata jangkauan antar hari dan akun"),
    table="account_days",
    parts={"sum": total_of(lambda t: t.reach, "reach", is_gross=True),
           "days": count_rows(columns=("reach",))},
    value=lambda p: p["sum"] / p["days"],
    unit=PEOPLE, direction="up", kind="average", basis="activity", stage="awareness",
    is_vanity=True, outcome="interactions", serves=("K2.1", "F2", "K9.3"),
    example=Example(rows=({"reach": 70}, {"reach": 50}), value=60),
)  # fmt: skip

FOLLOWERS = Metric(
    key="followers",
    name=Text("Followers", "Pengikut"),
    meaning=Text("Followers at the end of the period, added over accounts: people who follow on "
                 "two platforms stand in both.",
                 "Pengikut di akhir periode, dijumlahkan antar akun: orang yang mengikuti di dua "
                 "platform tercatat di keduanya."),
    formula=Text("last known followers of each account", "pengikut terakhir tiap akun"),
    table="account_days", parts={"level": level("followers")}, value=lambda p: p["level"],
    unit=COUNT, direction="up", kind="level", basis="state", stage="awareness",
    is_vanity=True, outcome="interactions", serves=("K3.1", "F7"), easy_to_game=True,
    counter="engagement_rate_by_reach",
    example=Example(rows=({"followers": 100}, {"followers": 120}), value=120),
)  # fmt: skip

FOLLOWERS_NET = Metric(
    key="followers_net",
    name=Text("Net new followers", "Pertambahan bersih pengikut"),
    meaning=Text("New followers less those lost.", "Pengikut baru dikurangi yang hilang."),
    formula=Text("Σ (gained − lost)", "Σ (baru − hilang)"),
    table="account_days",
    parts={"net": total_of(lambda t: t.followers_net.coalesce(t.followers_gained - t.followers_lost),
                           "followers_net", "followers_gained", "followers_lost")},
    value=lambda p: p["net"],
    unit=COUNT, direction="up", kind="flow", basis="activity", stage="awareness", tags=("net",),
    is_vanity=True, outcome="interactions", serves=("K3.1", "K8.1"),
    example=Example(rows=({"followers_net": 7},
                          {"followers_gained": 5, "followers_lost": 9}), value=3),
)  # fmt: skip

FOLLOWER_GROWTH = Metric(
    key="follower_growth_rate",
    name=Text("Follower growth rate", "Laju pertumbuhan pengikut"),
    meaning=Text("How much the followers grew against the start of the period.",
                 "Seberapa besar pengikut tumbuh dibanding awal periode."),
    formula=Text("(followers at the end − at the start) / at the start",
                 "(pengikut akhir − awal) / awal"),
    table="account_days",
    parts={"end": level("followers"), "start": level("followers", at="start")},
    value=lambda p: (p["end"] - p["start"]) / p["start"],
    unit=RATIO, direction="up", kind="ratio", basis="state", stage="awareness",
    is_vanity=True, outcome="interactions", serves=("K3.1", "K8.1", "F2", "F5"),
    undefined=Text("no reading of followers before the period",
                   "tidak ada catatan pengikut sebelum periode"),
    example=Example(rows=({"followers": 100, "day": "2026-09-30"},
                          {"followers": 120, "day": "2026-10-31"}), value=0.2),
)  # fmt: skip

INTERACTION_RATE = Metric(
    key="interaction_rate_by_views",
    name=Text("Interactions per view", "Interaksi per tayangan"),
    meaning=Text("Interactions per view of the account's content in the period.",
                 "Interaksi per tayangan konten akun dalam periode."),
    formula=Text("Σ interactions / Σ views of the same days", "Σ interaksi / Σ tayangan hari itu"),
    table="account_days", parts={"top": total("interactions"), "base": total("views")},
    value=lambda p: p["top"] / p["base"],
    unit=RATIO, direction="up", kind="ratio", basis="activity", stage="consideration",
    serves=("K8.2", "F1"),
    example=Example(rows=({"interactions": 1, "views": 100},
                          {"interactions": 5, "views": 200}), value=0.02),
)  # fmt: skip

RATE_BY_FOLLOWERS = Metric(
    key="engagement_rate_by_followers",
    name=Text("Engagement rate by followers", "Tingkat interaksi per pengikut"),
    meaning=Text("Interactions of the period per follower, by the mean of followers over it.",
                 "Interaksi dalam periode per pengikut, memakai rata-rata pengikut selama itu."),
    formula=Text("Σ interactions / mean followers", "Σ interaksi / rata-rata pengikut"),
    table="account_days",
    parts={"top": total("interactions"), "base": level("followers", at="mean")},
    value=lambda p: p["top"] / p["base"],
    unit=RATIO, direction="up", kind="ratio", basis="activity", stage="consideration",
    serves=("F1", "K8.2", "F7"),
    example=Example(rows=({"interactions": 5, "followers": 100},
                          {"interactions": 15, "followers": 300}), value=0.1),
)  # fmt: skip
