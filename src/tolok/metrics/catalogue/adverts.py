"""What adverts cost and bring: every rate is a ratio of sums, results of different kinds never mix."""

from typing import Any

import numpy as np

from tolok.base import COUNT, MONEY, RATIO, TIMES, Text

from ..forms import amount, money, ratio
from ..metric import Example, Metric
from ..part import count_rows, people, total, total_of

TABLE = "ad_results"
DIMENSIONS = ("brand", "platform", "account", "campaign", "adset", "ad", "item", "objective",
              "result_type", "attribution")  # fmt: skip
REFERENCES = ("IAB: digital advertising metrics", "Meta Ads: cost per result, link clicks")


def whole_rows(t: Any) -> Any:
    """Return the rows that are not cut by age, region and the like: those would count twice."""
    return t.breakdown == ""


def _sum(key: str, column: str, name: Text, meaning: Text, *, serves: tuple[str, ...],
         **more: Any) -> Metric:  # fmt: skip
    return amount(key, name, meaning, table=TABLE, column=column, where=whole_rows, serves=serves,
                  dimensions=DIMENSIONS, rows=({column: 10}, {column: 25}), value=35, **more)  # fmt: skip


SUMS = (
    money("ad_spend", Text("Advertising spend", "Belanja iklan"),
          Text("Money spent on adverts as the platform bills it, tax not added.",
               "Uang yang dibelanjakan untuk iklan menurut tagihan platform, belum termasuk pajak."),
          table=TABLE, column="spend", where=whole_rows, direction="neither", serves=("K4.3", "K4.4"),
          dimensions=DIMENSIONS, rows=({"spend": 1000.5}, {"spend": 250}), value=1250.5),
    _sum("ad_impressions", "impressions", Text("Impressions of adverts", "Impresi iklan"),
         Text("Times adverts were shown.", "Berapa kali iklan ditampilkan."),
         serves=("K4.1", "F2"), stage="awareness", is_vanity=True, outcome="ad_link_clicks"),
    _sum("ad_link_clicks", "link_clicks", Text("Link clicks of adverts", "Klik tautan iklan"),
         Text("Clicks on adverts that lead out of the platform.",
              "Klik iklan yang membawa orang keluar platform."),
         serves=("K4.1", "F1"), stage="consideration"),
    _sum("ad_interactions", "interactions", Text("Interactions with adverts", "Interaksi iklan"),
         Text("Interactions with adverts as the platform totals them.",
              "Interaksi dengan iklan menurut total platform."),
         serves=("K4.1",), stage="consideration"),
    _sum("ad_conversions", "conversions", Text("Conversions of adverts", "Konversi iklan"),
         Text("Conversions the platform credits to adverts, by its own attribution.",
              "Konversi yang dikreditkan platform kepada iklan menurut atribusinya sendiri."),
         serves=("K4.2", "F3"), stage="conversion", one_kind=("attribution",)),
    _sum("ad_results", "results", Text("Results of adverts", "Hasil iklan"),
         Text("Results as the objective defines them; results of different kinds are not added.",
              "Hasil menurut tujuan iklan; hasil berbeda jenis tidak dijumlahkan."),
         serves=("K4.2", "F3"), stage="conversion", one_kind=("result_type", "attribution")),
    money("ad_conversion_value", Text("Conversion value of adverts", "Nilai konversi iklan"),
          Text("Value of conversions the platform credits to adverts.",
               "Nilai konversi yang dikreditkan platform kepada iklan."),
          table=TABLE, column="conversion_value", where=whole_rows, serves=("K4.3",),
          stage="conversion", dimensions=DIMENSIONS, one_kind=("attribution",),
          rows=({"conversion_value": 500}, {"conversion_value": 20}), value=520),
)  # fmt: skip

AD_REACH = Metric(
    key="ad_reach", name=Text("Reach of adverts", "Jangkauan iklan"),
    meaning=Text("People who saw adverts. One row of the platform gives a number; over several rows "
                 "only bounds, since adverts share people.",
                 "Orang yang melihat iklan. Satu baris platform memberi angka; untuk beberapa baris "
                 "hanya batasnya, karena iklan menjangkau orang yang sama."),
    formula=Text("people reached, never added up", "orang terjangkau, tidak dijumlahkan"),
    table=TABLE, where=whole_rows, parts={"people": people("reach")}, value=lambda p: p["people"],
    unit=COUNT, direction="up", kind="unique", basis="activity", stage="awareness",
    is_vanity=True, outcome="ad_link_clicks", serves=("K4.1", "F2"), dimensions=DIMENSIONS,
    references=("Meta: reach cannot be summed",),
    example=Example(({"reach": 70}, {"reach": 50}), None, low=70, high=120),
)  # fmt: skip

FREQUENCY = Metric(
    key="ad_frequency", name=Text("Frequency of adverts", "Frekuensi iklan"),
    meaning=Text("How often a person reached saw the advert on average. Only said where the platform "
                 "gives reach for exactly what is asked: reach of several adverts or periods does "
                 "not add.",
                 "Rata-rata berapa kali satu orang melihat iklan. Hanya disebut bila platform memberi "
                 "jangkauan untuk persis yang ditanyakan: jangkauan beberapa iklan atau periode tidak "
                 "dapat dijumlahkan."),
    formula=Text("impressions / reach of one row", "impresi / jangkauan satu baris"),
    table=TABLE, where=whole_rows,
    parts={"top": total("impressions"), "base": total_of(lambda t: t.reach, "reach", is_gross=True),
           "rows": count_rows()},
    value=lambda p: np.where(p["rows"] == 1, p["top"] / p["base"], np.nan),
    undefined=Text("the reach of several rows cannot be added up",
                   "jangkauan beberapa baris tidak dapat dijumlahkan"),
    unit=TIMES, direction="neither", kind="ratio", basis="activity", stage="awareness",
    serves=("K4.1",), dimensions=DIMENSIONS, references=("Meta Ads: frequency",),
    example=Example(({"impressions": 300, "reach": 120},), 2.5),
)  # fmt: skip


def _rate(key: str, name: Text, meaning: Text, formula: Text, top: str, base: str,
          **more: Any) -> Metric:  # fmt: skip
    given: dict[str, Any] = {
        "unit": RATIO, "serves": ("K4.1",), "stage": "consideration", "references": REFERENCES, **more,
    }  # fmt: skip
    times = float(more.get("times", 1))
    return ratio(key, name, meaning, formula, table=TABLE, where=whole_rows, top=total(top),
                 base=total(base), dimensions=DIMENSIONS,
                 rows=({top: 1, base: 100}, {top: 8, base: 200}), value=0.03 * times, **given)  # fmt: skip


_PRICED = {
    "impressions": "impresi", "link_clicks": "klik tautan", "clicks": "klik", "results": "hasil",
    "conversions": "konversi", "interactions": "interaksi", "thruplays": "tontonan penuh",
    "landing_views": "tayangan halaman tujuan",
}  # fmt: skip


def _price(key: str, name: Text, meaning: Text, base: str, **more: Any) -> Metric:
    given: dict[str, Any] = {
        "unit": MONEY, "direction": "down", "references": REFERENCES, "serves": ("K4.3",), **more,
    }  # fmt: skip
    times = float(more.get("times", 1))
    each = " × 1000" if times == 1000 else ""
    return ratio(key, name, meaning,
                 Text(f"Σ spend / Σ {base.replace('_', ' ')}{each}",
                      f"Σ belanja / Σ {_PRICED[base]}{each}"),
                 table=TABLE, where=whole_rows, top=total("spend"), base=total(base),
                 dimensions=DIMENSIONS,
                 rows=({"spend": 300, base: 10}, {"spend": 100, base: 40}), value=8 * times,
                 **given)  # fmt: skip


RATES = (
    _rate("ad_click_through_rate", Text("Click-through rate of adverts", "Rasio klik iklan"),
          Text("Clicks on links per impression of adverts.", "Klik tautan per impresi iklan."),
          Text("Σ link clicks / Σ impressions", "Σ klik tautan / Σ impresi"),
          "link_clicks", "impressions", serves=("K4.1", "F1", "K1.3"), benchmark="ad_ctr"),
    _rate("ad_click_rate_all", Text("Click rate of adverts, all clicks", "Rasio klik iklan, semua klik"),
          Text("Clicks of every kind per impression of adverts: also on profile, likes and more.",
               "Semua jenis klik per impresi iklan: termasuk profil, suka, dan lainnya."),
          Text("Σ clicks / Σ impressions", "Σ klik / Σ impresi"), "clicks", "impressions",
          serves=("F1",)),
    _rate("ad_engagement_rate", Text("Engagement rate of adverts", "Tingkat interaksi iklan"),
          Text("Interactions per impression of adverts.", "Interaksi per impresi iklan."),
          Text("Σ interactions / Σ impressions", "Σ interaksi / Σ impresi"),
          "interactions", "impressions"),
    _rate("ad_conversion_rate", Text("Conversion rate of link clicks", "Tingkat konversi klik tautan"),
          Text("Results of one kind per link click of the same adverts.",
               "Hasil satu jenis per klik tautan iklan yang sama."),
          Text("Σ results / Σ link clicks", "Σ hasil / Σ klik tautan"), "results", "link_clicks",
          serves=("K4.2", "F3"), stage="conversion", one_kind=("result_type", "attribution"),
          benchmark="ad_cvr"),
    _rate("ad_result_rate", Text("Results per impression", "Hasil per impresi"),
          Text("Results of one kind per impression of the same adverts.",
               "Hasil satu jenis per impresi iklan yang sama."),
          Text("Σ results / Σ impressions", "Σ hasil / Σ impresi"), "results", "impressions",
          serves=("K4.2",), stage="conversion", one_kind=("result_type", "attribution")),
    _rate("ad_landing_rate", Text("Clicks that landed", "Klik yang sampai"),
          Text("Landing-page views per link click: what slow pages and slips lose.",
               "Tampilan halaman tujuan per klik tautan: yang hilang karena halaman lambat atau salah "
               "klik."),
          Text("Σ landing views / Σ link clicks", "Σ tampilan halaman tujuan / Σ klik tautan"),
          "landing_views", "link_clicks", serves=("K1.3", "K4.2")),
    _rate("ad_hook_rate", Text("Stopped to watch (3 s)", "Berhenti menonton (3 dtk)"),
          Text("Views of three seconds per impression of video adverts.",
               "Tayangan tiga detik per impresi iklan video."),
          Text("Σ 3-second views / Σ impressions", "Σ tayangan 3 detik / Σ impresi"),
          "video_views_3s", "impressions"),
    _rate("ad_roas", Text("Return on advertising spend", "Imbal hasil belanja iklan"),
          Text("Conversion value the platform credits to adverts per unit spent, by its own "
               "attribution. It knows nothing of margin and other costs: see return on investment.",
               "Nilai konversi yang dikreditkan platform per satuan belanja, menurut atribusinya "
               "sendiri. Tidak memperhitungkan margin dan biaya lain: lihat ROI."),
          Text("Σ conversion value / Σ spend", "Σ nilai konversi / Σ belanja"),
          "conversion_value", "spend", unit=TIMES, serves=("K4.3",), stage="conversion",
          one_kind=("attribution", "currency")),
)  # fmt: skip

PRICES = (
    _price("ad_cpm", Text("Cost per thousand impressions", "Biaya per seribu impresi"),
           Text("Spend per thousand impressions of adverts (CPM).",
                "Belanja per seribu impresi iklan (CPM)."),
           "impressions", times=1000, stage="awareness", benchmark="ad_cpm"),
    _price("ad_cpc", Text("Cost per link click", "Biaya per klik tautan"),
           Text("Spend per click on a link (CPC). Not cost per conversion, which some call CPC.",
                "Belanja per klik tautan (CPC). Bukan biaya per konversi, yang kadang disebut CPC."),
           "link_clicks", stage="consideration", benchmark="ad_cpc"),
    _price("ad_cost_per_click_all", Text("Cost per click, all clicks", "Biaya per klik, semua klik"),
           Text("Spend per click of every kind.", "Belanja per klik dari semua jenis."), "clicks"),
    _price("ad_cost_per_result", Text("Cost per result", "Biaya per hasil"),
           Text("Spend per result of one kind; unknown while kinds are mixed.",
                "Belanja per hasil satu jenis; tidak diketahui selama jenisnya tercampur."),
           "results", serves=("F3", "K4.3"), stage="conversion",
           one_kind=("result_type", "attribution"), benchmark="ad_cost_per_result"),
    _price("ad_cost_per_conversion", Text("Cost per conversion of adverts", "Biaya per konversi iklan"),
           Text("Spend per conversion the platform credits to adverts.",
                "Belanja per konversi yang dikreditkan platform kepada iklan."),
           "conversions", serves=("F3", "K4.3"), stage="conversion", one_kind=("attribution",)),
    _price("ad_cost_per_landing_view", Text("Cost per landing-page view", "Biaya per tampilan halaman tujuan"),
           Text("Spend per view of the landing page.", "Belanja per tampilan halaman tujuan."),
           "landing_views", serves=("K4.3", "F6")),
    _price("ad_cost_per_interaction", Text("Cost per interaction of adverts", "Biaya per interaksi iklan"),
           Text("Spend per interaction with adverts.", "Belanja per interaksi dengan iklan."),
           "interactions", serves=("K4.3",)),
    _price("ad_cost_per_thruplay", Text("Cost per full view", "Biaya per tontonan penuh"),
           Text("Spend per view to the end or of 15 seconds (ThruPlay).",
                "Belanja per tontonan sampai akhir atau 15 detik (ThruPlay)."),
           "thruplays", serves=("K4.3",)),
)  # fmt: skip
