"""Innovation: trends taken up, experiments, moves answered, people trained."""

from __future__ import annotations

from tolok.base import Text

from ..page import Page
from ..sections import Part, build_sections, keys_of

PARTS = (
    Part(Text("Trends", "Tren"),
         ("trends_taken_up", "trend_take_up_rate", "trend_lead_time",)),
    Part(Text("Experiments", "Eksperimen"),
         ("experiments_concluded", "experiments_clear", "experiment_win_rate", "experiment_effect_median", "innovative_win_rate",)),
    Part(Text("Moves of others", "Langkah pesaing"),
         ("competitor_moves", "moves_decided", "move_response_time",)),
    Part(Text("People", "Orang"),
         ("training_done_share", "training_hours", "employees_trained", "advocates", "advocacy_posts", "advocacy_interactions",)),
    Part(Text("Strategy", "Strategi"),
         ("strategies_in_force", "strategies_born_of_insights", "insight_strategy_success", "aligned_slot_share", "aligned_campaign_share",)),
)  # fmt: skip

PAGE = Page(
    key="innovation", order=120, build=build_sections(PARTS),
    title=Text("Innovation", "Inovasi"),
    question=Text("What new things did we try, and what came of them?", "Hal baru apa yang kita coba, dan apa hasilnya?"),
    nothing=Text("No trend, experiment or training has been written down yet.", "Belum ada tren, eksperimen, atau pelatihan yang dicatat."),
    needs=keys_of(PARTS), follows=keys_of(PARTS),
    serves=("K10.1", "K10.2", "K10.3", "K10.4", "K1.1", "K8.4",),
)  # fmt: skip
