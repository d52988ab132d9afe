"""The calendar and the plan: published on time, late, missed; milestones kept."""

from typing import Any

from tolok.base import DAYS, HOURS, MINUTES, Text

from ..forms import count, middle_of, share

TABLE = "slots"
DIMENSIONS = ("brand", "platform", "account", "kind", "pillar", "campaign", "weekday", "hour")
TOLERANCE = 15  # minutes late that still count as on time


def due(t: Any) -> Any:
    """Return whether a slot had to go out: it was not cancelled."""
    return t.state.fill_null("planned") != "cancelled"


def on_time(t: Any) -> Any:
    """Return whether it went out no later than the tolerance allows."""
    return t.published_at.notnull() & (t.minutes_late <= TOLERANCE)


SLOTS = (
    count("slots_due", Text("Slots due", "Slot jatuh tempo"),
          Text("Slots of the calendar due in the period, cancelled ones left out.",
               "Slot kalender yang jatuh tempo dalam periode, tanpa yang dibatalkan."),
          table=TABLE, where=due, direction="neither", serves=("K2.4",), dimensions=DIMENSIONS,
          rows=({}, {"state": "cancelled"}), value=1),
    share("calendar_adherence", Text("Calendar adherence", "Kepatuhan jadwal"),
          Text("Of the slots due, how many were published no more than 15 minutes late.",
               "Dari slot jatuh tempo, berapa yang terbit paling lambat 15 menit dari jadwal."),
          Text("published on time / slots due", "terbit tepat waktu / slot jatuh tempo"),
          table=TABLE, whole=due, good=on_time, columns=("published_at", "minutes_late"),
          serves=("K2.4",), dimensions=DIMENSIONS,
          rows=({"published_at": "2026-10-01T05:10", "minutes_late": 10},
                {"published_at": "2026-10-02T06:00", "minutes_late": 60}, {},
                {"state": "cancelled"}), value=1 / 3),
    count("slots_late", Text("Slots published late", "Slot terbit terlambat"),
          Text("Slots published more than 15 minutes late.",
               "Slot yang terbit lebih dari 15 menit terlambat."),
          table=TABLE, where=lambda t: due(t) & (t.minutes_late > TOLERANCE), direction="down",
          columns=("minutes_late",), serves=("K2.4",), dimensions=DIMENSIONS,
          rows=({"minutes_late": 10}, {"minutes_late": 60}), value=1),
    count("slots_missed", Text("Slots missed", "Slot terlewat"),
          Text("Slots due that were never published.", "Slot jatuh tempo yang tidak terbit."),
          table=TABLE, where=lambda t: due(t) & t.published_at.isnull(), direction="down",
          columns=("published_at",), serves=("K2.4",), dimensions=DIMENSIONS,
          rows=({}, {"published_at": "2026-10-01T05:00"}, {}), value=2),
    middle_of("slot_lateness_median", Text("Lateness of a slot", "Keterlambatan slot"),
              Text("Middle of the minutes between schedule and publication; negative when early.",
                   "Nilai tengah menit antara jadwal dan terbit; negatif bila lebih awal."),
              table=TABLE, where=due, row=lambda t: t.minutes_late, columns=("minutes_late",),
              unit=MINUTES, serves=("K2.4",), dimensions=DIMENSIONS,
              rows=({"minutes_late": -2}, {"minutes_late": 4}, {"minutes_late": 600}), value=4),
    middle_of("posting_gap_median", Text("Hours between posts", "Jeda antar unggahan"),
              Text("Middle of the hours between one publication and the next on an account.",
                   "Nilai tengah jam antara satu terbitan dan berikutnya di satu akun."),
              table=TABLE, row=lambda t: t.gap_hours, columns=("gap_hours",), unit=HOURS,
              direction="neither", serves=("K2.4", "F5"), dimensions=DIMENSIONS,
              rows=({"gap_hours": 20}, {"gap_hours": 24}, {"gap_hours": 100}), value=24),
    middle_of("posting_gap_p90", Text("Longest gaps between posts", "Jeda terpanjang antar unggahan"),
              Text("One gap in ten is longer than this: the regularity of posting. The nearer to the "
                   "middle gap, the more regular.",
                   "Satu dari sepuluh jeda lebih panjang dari ini: keteraturan terbit. Makin dekat ke "
                   "jeda tengah, makin teratur."),
              table=TABLE, row=lambda t: t.gap_hours, columns=("gap_hours",), is_p90=True, unit=HOURS,
              serves=("K2.4",), dimensions=DIMENSIONS,
              rows=({"gap_hours": 20}, {"gap_hours": 24}, {"gap_hours": 100}), value=84.8),
)  # fmt: skip

MILESTONE = ("brand", "campaign", "owner")
MILESTONES = (
    share("milestones_on_time", Text("Milestones on time", "Tonggak tepat waktu"),
          Text("Of the milestones due in the period, how many were reached by their day.",
               "Dari tonggak yang jatuh tempo dalam periode, berapa yang tercapai pada harinya."),
          Text("reached by the day / due", "tercapai pada harinya / jatuh tempo"), table="milestones",
          good=lambda t: t.done_on <= t.due, columns=("done_on",), serves=("K4.4",),
          dimensions=MILESTONE, min_base=5,
          rows=({"due": "2026-10-05", "done_on": "2026-10-04"},
                {"due": "2026-10-06", "done_on": "2026-10-09"}, {"due": "2026-10-07"},
                {"due": "2026-10-08"}), value=0.25),
    middle_of("schedule_variance", Text("Schedule variance", "Selisih jadwal"),
              Text("Middle of the days between planned and reached (or now expected) day of the "
                   "milestones; negative when early.",
                   "Nilai tengah selisih hari antara rencana dan tercapai (atau yang kini "
                   "diperkirakan) pada tonggak; negatif bila lebih awal."),
              formula=Text("median of day reached, or now expected, − day planned",
                           "median dari hari tercapai, atau yang kini diperkirakan, − hari rencana"),
              table="milestones",
              row=lambda t: t.done_on.coalesce(t.forecast).delta(t.due, unit="day").cast("float64"),
              columns=("done_on", "forecast"), unit=DAYS, serves=("K4.4",), dimensions=MILESTONE,
              min_base=3,
              rows=({"due": "2026-10-05", "done_on": "2026-10-04"},
                    {"due": "2026-10-06", "done_on": "2026-10-09"},
                    {"due": "2026-10-07", "forecast": "2026-10-20"}), value=3),
    count("campaigns_running", Text("Campaigns running", "Kampanye berjalan"),
          Text("Campaigns running at the end of the period.", "Kampanye berjalan di akhir periode."),
          table="campaigns", basis="state", kind="level", direction="neither", serves=("K4.4",),
          dimensions=("brand", "objective", "goal"),
          rows=({"starts": "2026-09-01"}, {"starts": "2026-09-01", "ends": "2026-09-30"}), value=1),
)  # fmt: skip
