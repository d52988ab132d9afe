"""Reporting: KPIs kept in view, trends read, insights that came true, reports on time and read."""

from typing import Any

from tolok.base import SCORE, Text

from ..forms import count, different, joined, ratio, share
from ..part import count_rows, total, total_of

CHECK = ("brand",)
FRESH_DAYS = 7  # data this old at the check still counts as fresh


def checked_well(t: Any) -> Any:
    """Return whether a check was made inside its rhythm, on fresh data."""
    age = t.day.delta(t.data_until, unit="day")
    return (t.due.isnull() | (t.day <= t.due)) & (age <= FRESH_DAYS)


def scored(t: Any) -> Any:
    """Return the insights whose truth is known."""
    return t.outcome.isin(["true", "false"])


def active(t: Any) -> Any:
    """Return the versions that are active; older versions of a KPI have ended."""
    return t.state == "active"


KPIS = (
    different("kpis_checked", Text("KPIs checked in time on fresh data",
                                   "KPI dicek tepat waktu dengan data segar"),
              Text("KPIs with a check inside its rhythm on data no more than seven days old.",
                   "KPI yang dicek sesuai ritmenya dengan data paling tua tujuh hari."),
              table="kpi_checks", column="kpi", where=checked_well, serves=("K5.1",),
              dimensions=CHECK,
              rows=({"kpi": "a", "day": "2026-10-05", "due": "2026-10-05", "data_until": "2026-10-04"},
                    {"kpi": "a", "day": "2026-10-12", "due": "2026-10-12", "data_until": "2026-10-11"},
                    {"kpi": "b", "day": "2026-10-09", "due": "2026-10-05", "data_until": "2026-10-08"},
                    {"kpi": "c", "day": "2026-10-05", "due": "2026-10-05", "data_until": "2026-09-04"}),
              value=1),
    different("kpis_active", Text("KPIs active", "KPI aktif"),
              Text("KPIs whose last version at the end of the period is active.",
                   "KPI yang versi terakhirnya di akhir periode berstatus aktif."),
              table="kpi_versions", column="kpi", where=active, direction="neither", basis="state",
              serves=("K5.1",), dimensions=CHECK,
              rows=({"kpi": "a", "version": 1, "made_at": "2026-01-01T00:00", "state": "active"},
                    {"kpi": "b", "version": 1, "made_at": "2026-01-01T00:00", "state": "draft"},
                    {"kpi": "b", "version": 2, "made_at": "2026-02-01T00:00", "state": "active"},
                    {"kpi": "b", "version": 3, "made_at": "2026-11-20T00:00", "state": "retired"}), value=2),
    joined("kpis_kept_in_view", Text("KPIs kept in view", "KPI yang terpantau"),
           Text("Of the active KPIs, how many were checked inside their rhythm on fresh data.",
                "Dari KPI aktif, berapa yang dicek sesuai ritmenya dengan data segar."),
           Text("KPIs checked in time on fresh data / active KPIs",
                "KPI dicek tepat waktu dengan data segar / KPI aktif"),
           table="kpi_checks", parts={"good": "kpis_checked", "all": "kpis_active"},
           combine=lambda p: p["good"] / p["all"], serves=("K5.1",), dimensions=CHECK,
           rows=({"kpi": "a", "day": "2026-10-05", "data_until": "2026-10-04"},),
           others={"kpi_versions": tuple(
               {"kpi": k, "version": 1, "made_at": "2026-01-01T00:00", "state": "active"} for k in "abcd")},
           value=0.25),
)  # fmt: skip


INSIGHTS = (
    count("insights_claimed", Text("Insights claimed", "Wawasan diklaim"),
          Text("Insights written as a claim with a due date.",
               "Wawasan yang ditulis sebagai klaim dengan tenggat."),
          table="insights", serves=("K5.3",), dimensions=("brand", "metric"), rows=({}, {}), value=2),
    share("insight_hit_rate", Text("Insights that came true", "Wawasan yang terbukti"),
          Text("Of the claims whose truth is known, how many came true.",
               "Dari klaim yang sudah dapat dinilai, berapa yang terbukti."),
          Text("true / (true + false)", "benar / (benar + salah)"), table="insights", whole=scored,
          good=lambda t: t.outcome == "true", columns=("outcome",), serves=("K5.3",),
          dimensions=("brand", "metric"), easy_to_game=True, counter="insight_brier",
          rows=({"outcome": "true"}, {"outcome": "false"}, {"outcome": "cannot_say"},
                {"outcome": "false"}), value=1 / 3),
    ratio("insight_brier", Text("Brier score of insights", "Skor Brier wawasan"),
          Text("How far the odds claimed lay from what came, squared: 0 is perfect, 0.25 is a coin.",
               "Seberapa jauh peluang yang diklaim dari kenyataan, dikuadratkan: 0 sempurna, 0,25 "
               "setara lempar koin."),
          Text("Σ (odds − outcome)² / claims scored", "Σ (peluang − hasil)² / klaim dinilai"),
          table="insights", where=scored,
          top=total_of(lambda t: (t.odds - (t.outcome == "true").cast("float64")) ** 2,
                       "odds", "outcome"),
          base=count_rows(), unit=SCORE, direction="down", kind="average", serves=("K5.3",),
          dimensions=("brand", "metric"), min_base=10,
          references=("G. W. Brier, Monthly Weather Review 78 (1950)",),
          rows=({"outcome": "true", "odds": 0.8}, {"outcome": "false", "odds": 0.4}), value=0.1),
)  # fmt: skip

TRENDS = (
    different("metrics_with_trend", Text("Metrics with their trend read", "Metrik yang trennya dibaca"),
              Text("Metrics and KPIs whose series was analysed for trend, season and shifts, with "
                   "enough history to say something.",
                   "Metrik dan KPI yang deretnya dianalisis tren, musim, dan pergeserannya, dengan "
                   "riwayat yang cukup."),
              table="trend_readings", column="metric", where=lambda t: t.is_enough,
              serves=("K5.2",), dimensions=("brand", "scope"),
              rows=({"metric": "reach", "is_enough": True}, {"metric": "likes", "is_enough": False},
                    {"metric": "reach", "is_enough": True}), value=1),
    ratio("level_shifts_found", Text("Level shifts per series read", "Pergeseran level per deret"),
          Text("Shifts of level found in the series that were read.",
               "Pergeseran level yang ditemukan pada deret yang dibaca."),
          Text("Σ shifts / series read", "Σ pergeseran / deret dibaca"), table="trend_readings",
          top=total("shifts"), base=count_rows(), unit=SCORE, direction="neither", serves=("K5.2",),
          dimensions=("brand", "scope"), rows=({"shifts": 0}, {"shifts": 3}), value=1.5),
)  # fmt: skip

REPORT = ("brand", "report")
REPORTS = (
    share("reports_on_time", Text("Reports on time", "Laporan tepat waktu"),
          Text("Of the reports due in the period, how many were delivered in time.",
               "Dari laporan yang jatuh tempo dalam periode, berapa yang terkirim tepat waktu."),
          Text("delivered by the due moment / due", "terkirim pada waktunya / jatuh tempo"),
          table="report_deliveries", good=lambda t: t.delivered_at <= t.due_at,
          columns=("delivered_at",), serves=("K5.4",), dimensions=REPORT, min_base=4,
          rows=({"due_at": "2026-10-05T09:00", "delivered_at": "2026-10-05T08:00"},
                {"due_at": "2026-10-06T09:00", "delivered_at": "2026-10-06T10:00"},
                {"due_at": "2026-10-07T09:00"}, {"due_at": "2026-10-08T09:00"}), value=0.25),
    ratio("report_open_rate", Text("Reports opened", "Laporan dibuka"),
          Text("Of the people reports went to, how many opened them.",
               "Dari penerima laporan, berapa yang membukanya."),
          Text("Σ opened / Σ readers", "Σ dibuka / Σ penerima"), table="report_deliveries",
          top=total("opened_by"), base=total("readers"), serves=("K5.4",), dimensions=REPORT,
          rows=({"opened_by": 2, "readers": 10}, {"opened_by": 25, "readers": 50}), value=0.45),
    ratio("report_rating", Text("Readers' rating of reports", "Penilaian penerima laporan"),
          Text("Mean rating readers gave, 1 to 5.", "Rata-rata nilai dari penerima, 1 sampai 5."),
          Text("Σ ratings / number of ratings", "Σ nilai / banyaknya nilai"),
          table="report_deliveries", top=total("rating_sum"), base=total("ratings"), unit=SCORE,
          kind="average", serves=("K5.4",), dimensions=REPORT, min_base=3,
          rows=({"rating_sum": 9, "ratings": 2}, {"rating_sum": 3, "ratings": 1}), value=4),
    ratio("report_corrections", Text("Figures corrected per report", "Angka dikoreksi per laporan"),
          Text("Figures that had to be corrected after delivery, per report delivered.",
               "Angka yang harus dikoreksi setelah terkirim, per laporan terkirim."),
          Text("Σ corrections / reports delivered", "Σ koreksi / laporan terkirim"),
          table="report_deliveries", where=lambda t: t.delivered_at.notnull(),
          top=total("corrections"), base=count_rows(), unit=SCORE, direction="down",
          serves=("K5.4",), dimensions=REPORT,
          rows=({"corrections": 1, "delivered_at": "2026-10-05T08:00"},
                {"corrections": 0, "delivered_at": "2026-10-06T08:00"}), value=0.5),
)  # fmt: skip
