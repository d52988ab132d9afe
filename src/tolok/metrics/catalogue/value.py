"""Money: what was spent, what came back under each model of attribution, what customers are worth."""

from typing import Any

from tolok.base import COUNT, MONEY, RATIO, TIMES, Text

from ..forms import amount, count, different, joined, money, ratio, share
from ..metric import Example, Metric
from ..part import Part, count_rows, distinct, repeated, total, total_of

CAMPAIGN = ("brand", "campaign", "platform")
MONEY_DIMENSIONS = ("brand", "platform", "campaign", "partnership", "channel")
CONVERSION_DIMENSIONS = (*MONEY_DIMENSIONS, "kind", "objective", "source", "medium", "stage")
MODELS = {
    "last": ("last touch", "sentuhan terakhir"),
    "linear": ("linear", "merata"),
    "position": ("position-based", "berbasis posisi"),
    "markov": ("data-driven, Markov", "berbasis data, Markov"),
    "shapley": ("data-driven, Shapley", "berbasis data, Shapley"),
}


def leads(t: Any) -> Any:
    """Return the rows that are leads."""
    return t.kind == "lead"


COSTS = (
    money("cost", Text("Cost", "Biaya"),
          Text("All costs entered: adverts, fees, product, commission, staff, tools, tax.",
               "Semua biaya yang dicatat: iklan, honor, produk, komisi, tenaga, alat, pajak."),
          table="costs", column="amount", direction="neither", serves=("K4.3", "K4.4", "K6.4"),
          dimensions=(*MONEY_DIMENSIONS, "kind", "line", "goal"),
          rows=({"amount": 1000}, {"amount": 250.5}), value=1250.5),
    money("budget_planned", Text("Budget planned", "Anggaran rencana"),
          Text("Money planned for the period.", "Uang yang direncanakan untuk periode itu."),
          table="budgets", column="planned", direction="neither", serves=("K4.4",),
          dimensions=(*CAMPAIGN, "line", "goal", "kpi"),
          rows=({"planned": 700}, {"planned": 300}), value=1000),
    money("budget_forecast", Text("Forecast at completion", "Prakiraan saat selesai"),
          Text("Money now expected to be spent in all on what is planned for the period.",
               "Uang yang kini diperkirakan terpakai seluruhnya untuk rencana periode itu."),
          table="budgets", column="forecast", direction="neither", serves=("K4.4",),
          dimensions=(*CAMPAIGN, "line", "goal", "kpi"),
          rows=({"forecast": 800}, {"forecast": 300}), value=1100),
    ratio("forecast_overrun", Text("Overrun at completion", "Kelebihan saat selesai"),
          Text("How far the forecast lies above the plan; negative when below.",
               "Seberapa jauh prakiraan di atas rencana; negatif bila di bawah."),
          Text("Σ (forecast − planned) / Σ planned", "Σ (prakiraan − rencana) / Σ rencana"),
          table="budgets", top=total_of(lambda t: t.forecast - t.planned, "forecast", "planned"),
          base=total("planned"), direction="down", serves=("K4.4",), one_kind=("currency",),
          dimensions=(*CAMPAIGN, "line", "goal", "kpi"),
          rows=({"forecast": 800, "planned": 700}, {"forecast": 300, "planned": 300}), value=0.1),
    joined("budget_variance", Text("Budget variance", "Selisih anggaran"),
           Text("How far the costs lie above the plan of the period; negative when below.",
                "Seberapa jauh biaya di atas rencana periode; negatif bila di bawah."),
           Text("(cost − planned) / planned", "(biaya − rencana) / rencana"), table="costs",
           parts={"cost": "cost", "plan": "budget_planned"},
           combine=lambda p: (p["cost"] - p["plan"]) / p["plan"], direction="down",
           serves=("K4.4",), dimensions=("brand", "campaign", "line", "goal"),
           rows=({"amount": 600}, {"amount": 300}),
           others={"budgets": ({"planned": 700}, {"planned": 300})}, value=-0.1),
    share("aligned_spend_lines", Text("Costs tied to a goal, by number", "Pos biaya terkait tujuan"),
          Text("Of the costs entered, how many name a marketing goal.",
               "Dari biaya yang dicatat, berapa yang menyebut tujuan pemasaran."),
          Text("costs with a goal / costs", "biaya bertujuan / biaya"), table="costs",
          good=lambda t: t.goal.notnull(), columns=("goal",), serves=("K1.4",),
          dimensions=("brand", "campaign", "kind"), rows=({"goal": "g1"}, {}, {}, {}), value=0.25),
    ratio("aligned_spend_share", Text("Spend tied to a goal", "Belanja terkait tujuan"),
          Text("Of the money spent, how much is tied to a marketing goal.",
               "Dari uang yang dibelanjakan, berapa yang terkait tujuan pemasaran."),
          Text("Σ cost with a goal / Σ cost", "Σ biaya bertujuan / Σ biaya"), table="costs",
          top=total_of(lambda t: t.goal.notnull().ifelse(t.amount.cast("float64"), 0.0),
                       "amount", "goal"),
          base=total("amount"), serves=("K1.4",), one_kind=("currency",),
          dimensions=("brand", "platform", "campaign", "kind"),
          rows=({"amount": 300, "goal": "g1"}, {"amount": 100}), value=0.75),
)  # fmt: skip

CONVERSIONS = (
    count("conversions", Text("Conversions", "Konversi"),
          Text("Wanted actions, whatever they are: leads, sign-ups, purchases, visits.",
               "Tindakan yang diinginkan apa pun jenisnya: prospek, pendaftaran, pembelian, "
               "kunjungan."),
          table="conversions", serves=("K4.2", "F3"), stage="conversion",
          dimensions=CONVERSION_DIMENSIONS, rows=({"kind": "lead"}, {"kind": "purchase"}), value=2),
    count("leads", Text("Leads", "Prospek"),
          Text("Leads that came in.", "Prospek yang masuk."), table="conversions", where=leads,
          columns=("kind",), serves=("F3", "K4.2"), stage="conversion",
          dimensions=CONVERSION_DIMENSIONS,
          rows=({"kind": "lead"}, {"kind": "lead"}, {"kind": "purchase"}), value=2),
    share("lead_win_rate", Text("Leads won", "Prospek yang jadi"),
          Text("Of the leads that were decided, how many were won.",
               "Dari prospek yang sudah diputuskan, berapa yang jadi pelanggan."),
          Text("won / (won + lost)", "jadi / (jadi + gagal)"), table="conversions",
          whole=lambda t: leads(t) & t.stage.isin(["won", "lost"]), good=lambda t: t.stage == "won",
          columns=("stage",), serves=("F3",), stage="conversion",
          dimensions=tuple(d for d in CONVERSION_DIMENSIONS if d not in ("stage", "kind")),
          rows=({"kind": "lead", "stage": "won"}, {"kind": "lead", "stage": "lost"},
                {"kind": "lead", "stage": "lost"}, {"kind": "lead", "stage": "new"}), value=1 / 3),
    share("lead_quality_rate", Text("Leads found fit", "Prospek layak"),
          Text("Of the leads that came in, how many were found fit to follow up.",
               "Dari prospek yang masuk, berapa yang layak ditindaklanjuti."),
          Text("qualified / leads", "layak / prospek"), table="conversions", whole=leads,
          good=lambda t: t.qualified_at.notnull(), columns=("qualified_at",), serves=("F3",),
          stage="conversion",
          dimensions=tuple(d for d in CONVERSION_DIMENSIONS if d not in ("stage", "kind")),
          rows=({"kind": "lead", "qualified_at": "2026-10-04T05:00"}, {"kind": "lead"}), value=0.5),
    joined("conversion_rate", Text("Conversion rate", "Tingkat konversi"),
           Text("Conversions per session on the website.", "Konversi per sesi di situs web."),
           Text("conversions / website sessions", "konversi / sesi situs web"), table="conversions",
           parts={"top": "conversions", "base": "site_sessions"},
           combine=lambda p: p["top"] / p["base"], serves=("F3", "K4.2"), stage="conversion",
           dimensions=("brand",), rows=({}, {}),
           others={"site_traffic": ({"start": "2026-10-01", "until": "2026-11-01", "sessions": 50,
                                     "dimension": "channel", "segment": "Direct"},)}, value=0.04),
    joined("campaign_conversion_rate", Text("Conversions per link click", "Konversi per klik tautan"),
           Text("Conversions per link click of the adverts of the same campaign.",
                "Konversi per klik tautan iklan dari kampanye yang sama."),
           Text("conversions / link clicks of adverts", "konversi / klik tautan iklan"),
           table="conversions", parts={"top": "conversions", "base": "ad_link_clicks"},
           combine=lambda p: p["top"] / p["base"], serves=("K4.2", "F3"), stage="conversion",
           dimensions=CAMPAIGN, rows=({}, {}),
           others={"ad_results": ({"start": "2026-10-01", "until": "2026-11-01",
                                   "link_clicks": 80},)}, value=0.025),
    joined("cost_per_conversion", Text("Cost per conversion", "Biaya per konversi"),
           Text("All costs per conversion. Never abbreviated CPC, which is cost per click.",
                "Semua biaya per konversi. Jangan disingkat CPC, karena CPC adalah biaya per klik."),
           Text("cost / conversions", "biaya / konversi"), table="conversions", unit=MONEY,
           parts={"cost": "cost", "base": "conversions"}, combine=lambda p: p["cost"] / p["base"],
           direction="down", serves=("F3", "K4.3"), stage="conversion", dimensions=MONEY_DIMENSIONS,
           rows=({}, {}), others={"costs": ({"amount": 300}, {"amount": 100})}, value=200),
    joined("cost_per_lead", Text("Cost per lead", "Biaya per prospek"),
           Text("All costs per lead.", "Semua biaya per prospek."),
           Text("cost / leads", "biaya / prospek"), table="conversions", unit=MONEY,
           parts={"cost": "cost", "base": "leads"}, combine=lambda p: p["cost"] / p["base"],
           direction="down", serves=("F3",), stage="conversion", dimensions=MONEY_DIMENSIONS,
           benchmark="cost_per_lead", rows=({"kind": "lead"}, {"kind": "purchase"}),
           others={"costs": ({"amount": 300}, {"amount": 100})}, value=400),
)  # fmt: skip


def _model(model: str) -> Any:
    def of_model(t: Any) -> Any:
        return t.model == model

    return of_model


def _attributed(model: str) -> tuple[Metric, Metric, Metric]:
    en, id_ = MODELS[model]
    key = f"attributed_value_{model}"
    rows = ({"model": model, "value": 900}, {"model": model, "value": 300},
            {"model": "first", "value": 5000})  # fmt: skip
    cost = {"costs": ({"amount": 600}, {"amount": 200})}
    value = money(
        key, Text(f"Attributed value, {en}", f"Nilai teratribusi, {id_}"),
        Text(f"Value of conversions credited by the model: {en}.",
             f"Nilai konversi yang dikreditkan oleh model: {id_}."),
        table="credits", column="value", where=_model(model), serves=("K4.3", "F6"),
        stage="conversion", dimensions=(*MONEY_DIMENSIONS, "model_version"), rows=rows, value=1200,
        one_kind=("model_version",),
    )  # fmt: skip
    roi = joined(
        f"roi_{model}", Text(f"Return on investment, {en}", f"ROI, {id_}"),
        Text(f"What the attributed value ({en}) leaves per unit of all costs. Models disagree: read "
             "them side by side, and none of them proves cause.",
             f"Sisa nilai teratribusi ({id_}) per satuan seluruh biaya. Hasil antar model berbeda: "
             "baca berdampingan, dan tidak satu pun membuktikan sebab-akibat."),
        Text("(attributed value − cost) / cost", "(nilai teratribusi − biaya) / biaya"),
        table="credits", parts={"value": key, "cost": "cost"},
        combine=lambda p: (p["value"] - p["cost"]) / p["cost"], serves=("K4.3",),
        stage="conversion", dimensions=MONEY_DIMENSIONS, rows=rows, others=cost, value=0.5,
    )  # fmt: skip
    roas = joined(
        f"roas_{model}", Text(f"Attributed value per cost, {en}", f"Nilai teratribusi per biaya, {id_}"),
        Text(f"Attributed value ({en}) per unit of cost.", f"Nilai teratribusi ({id_}) per satuan biaya."),
        Text("attributed value / cost", "nilai teratribusi / biaya"), unit=TIMES, table="credits",
        parts={"value": key, "cost": "cost"}, combine=lambda p: p["value"] / p["cost"],
        serves=("K4.3",), stage="conversion", dimensions=MONEY_DIMENSIONS, rows=rows, others=cost,
        value=1.5,
    )  # fmt: skip
    return value, roi, roas


ATTRIBUTED = tuple(metric for model in MODELS for metric in _attributed(model))


_TOUCHED = (
    {"customer": "a"},
    {"customer": "b"},
    {"customer": "a"},
    {"customer": "c"},
    {"customer": "d"},
)
TOUCHED = (
    different("touched_customers", Text("Customers touched", "Pelanggan yang tersentuh"),
              Text("Different people marketing touched: who saw, clicked, visited or opened.",
                   "Orang berbeda yang tersentuh pemasaran: melihat, mengeklik, berkunjung, membuka."),
              table="touches", column="customer", serves=("K4.2", "F3"), stage="consideration",
              dimensions=MONEY_DIMENSIONS, rows=_TOUCHED, value=4),
    amount("credited_conversions", Text("Conversions credited", "Konversi yang dikreditkan"),
           Text("Conversions by what the last touch before them was; one conversion counts once.",
                "Konversi menurut sentuhan terakhir sebelumnya; satu konversi dihitung sekali."),
           table="credits", column="share", where=_model("last"), serves=("K4.2", "F3"),
           stage="conversion", dimensions=(*MONEY_DIMENSIONS, "model_version"),
           one_kind=("model_version",),
           rows=({"model": "last", "share": 1}, {"model": "last", "share": 1},
                 {"model": "linear", "share": 0.5}), value=2),
    joined("touched_conversion_rate", Text("Conversions per customer touched",
                                           "Konversi per pelanggan tersentuh"),
           Text("Conversions credited to the last touch per different customer touched; a customer may "
                "convert more than once.",
                "Konversi yang dikreditkan ke sentuhan terakhir per pelanggan berbeda yang tersentuh; "
                "satu pelanggan bisa berkonversi lebih dari sekali."),
           Text("conversions credited / customers touched",
                "konversi yang dikreditkan / pelanggan tersentuh"),
           table="credits", parts={"top": "credited_conversions", "base": "touched_customers"},
           combine=lambda p: p["top"] / p["base"], serves=("K4.2", "F3"), stage="conversion",
           dimensions=MONEY_DIMENSIONS, rows=({"model": "last", "share": 1},),
           others={"touches": _TOUCHED}, value=0.25),
)  # fmt: skip


def paid(t: Any) -> Any:
    """Return the orders that were kept."""
    return ~t.is_refunded.fill_null(False)


def social(t: Any) -> Any:
    """Return the kept orders traced to social media."""
    return paid(t) & t.is_social.fill_null(False)


ORDER_DIMENSIONS = (*MONEY_DIMENSIONS, "medium", "coupon")
ORDERS = (
    count("orders", Text("Orders", "Pesanan"), Text("Orders kept.", "Pesanan yang tidak dibatalkan."),
          table="orders", where=paid, serves=("F3", "F6"), stage="conversion",
          dimensions=ORDER_DIMENSIONS, rows=({}, {"is_refunded": True}, {}), value=2),
    count("social_orders", Text("Orders traced to social media", "Pesanan dari media sosial"),
          Text("Orders traced to social media by link, code or question.",
               "Pesanan yang terlacak ke media sosial lewat tautan, kode, atau pertanyaan."),
          table="orders", where=social, columns=("is_social",), serves=("F6",), stage="conversion",
          dimensions=ORDER_DIMENSIONS, rows=({"is_social": True}, {}, {"is_social": False}), value=1),
    money("social_revenue", Text("Revenue traced to social media", "Pendapatan dari media sosial"),
          Text("Revenue of orders traced to social media.",
               "Pendapatan pesanan yang terlacak ke media sosial."),
          table="orders", column="revenue", where=social, serves=("F6",), stage="conversion",
          dimensions=ORDER_DIMENSIONS,
          rows=({"is_social": True, "revenue": 40}, {"revenue": 99},
                {"is_social": True, "revenue": 2}), value=42),
    different("customers", Text("Customers who bought", "Pelanggan yang membeli"),
              Text("Different customers with an order.", "Pelanggan berbeda yang memesan."),
              table="orders", column="customer", where=paid, serves=("F6", "F4"), stage="loyalty",
              dimensions=ORDER_DIMENSIONS,
              rows=({"customer": "a"}, {"customer": "a"}, {"customer": "b"}), value=2),
    ratio("average_order_value", Text("Value of an average order", "Nilai rata-rata pesanan"),
          Text("Revenue per order.", "Pendapatan per pesanan."),
          Text("Σ revenue / orders", "Σ pendapatan / pesanan"), table="orders", where=paid,
          top=total("revenue"), base=count_rows(), unit=MONEY, kind="average", serves=("F4",),
          stage="conversion", dimensions=ORDER_DIMENSIONS,
          rows=({"revenue": 10}, {"revenue": 50}, {"revenue": 30}), value=30),
    amount("refunded_orders_value", Text("Refunded", "Dikembalikan"),
           Text("Revenue of orders that were refunded.", "Pendapatan pesanan yang dikembalikan."),
           table="orders", column="revenue", where=lambda t: t.is_refunded, unit=MONEY,
           direction="down", serves=("F6",), stage="loyalty", dimensions=ORDER_DIMENSIONS,
           rows=({"revenue": 10, "is_refunded": True}, {"revenue": 50}), value=10),
)  # fmt: skip


def _people(key: str, name: Text, meaning: Text, formula: Text, *, parts: dict[str, Part],
            where: Any, serves: tuple[str, ...], example: Example, combine: Any,
            **more: Any) -> Metric:  # fmt: skip
    given: dict[str, Any] = {"unit": RATIO, "min_base": 30, **more}
    return Metric(key=key, name=name, meaning=meaning, formula=formula, table="orders", where=where,
                  parts=parts, value=combine, direction="up", kind="ratio", basis="activity",
                  stage="loyalty", serves=serves, dimensions=("brand", "platform", "channel"),
                  example=example, **given)  # fmt: skip


LOYALTY = (
    _people("repeat_purchase_rate", Text("Repeat customers", "Pelanggan berulang"),
            Text("Of the customers who bought in the period, how many bought at least twice in it.",
                 "Dari pelanggan yang membeli dalam periode, berapa yang membeli sedikitnya dua kali."),
            Text("customers with two orders or more / customers",
                 "pelanggan dengan dua pesanan atau lebih / pelanggan"),
            parts={"again": repeated("customer"), "all": distinct("customer")}, where=paid,
            combine=lambda p: p["again"] / p["all"], serves=("F4", "F6"),
            example=Example(({"customer": "a"}, {"customer": "b"}, {"customer": "a"},
                             {"customer": "c"}, {"customer": "d"}), 0.25)),
    _people("revenue_per_customer", Text("Revenue per customer", "Pendapatan per pelanggan"),
            Text("What a customer brought in the period: over all time, the lifetime value so far.",
                 "Yang dibawa satu pelanggan dalam periode: sepanjang waktu, ini nilai seumur "
                 "pelanggan sejauh ini."),
            Text("Σ revenue / different customers", "Σ pendapatan / pelanggan berbeda"),
            parts={"sum": total("revenue"), "all": distinct("customer")}, where=paid, unit=MONEY,
            combine=lambda p: p["sum"] / p["all"], serves=("F4",),
            example=Example(({"customer": "a", "revenue": 10}, {"customer": "b", "revenue": 50},
                             {"customer": "a", "revenue": 30}), 45)),
    _people("loyal_social_customers", Text("Loyal customers from social media",
                                           "Pelanggan setia dari media sosial"),
            Text("Customers traced to social media who bought at least twice in the period.",
                 "Pelanggan yang terlacak ke media sosial dan membeli sedikitnya dua kali dalam "
                 "periode."),
            Text("customers from social media with two orders or more",
                 "pelanggan dari media sosial dengan dua pesanan atau lebih"),
            parts={"again": repeated("customer")}, where=social, combine=lambda p: p["again"],
            unit=COUNT, serves=("F6",), min_base=0,
            example=Example(tuple({"customer": c, "is_social": s} for c, s in
                                  (("a", True), ("a", True), ("b", True), ("c", False), ("c", False))),
                            1)),
)  # fmt: skip

LIFETIME = (
    ratio("expected_lifetime_value", Text("Expected lifetime value", "Nilai seumur pelanggan"),
          Text("What a customer brought so far and is expected to bring within the horizon, on average "
               "over the customers valued (BG/NBD with Gamma-Gamma, or the model named).",
               "Rata-rata yang sudah dan diperkirakan masih akan dibawa seorang pelanggan dalam "
               "rentang itu (BG/NBD dengan Gamma-Gamma, atau model yang disebut)."),
          Text("Σ (past + expected value) / customers valued",
               "Σ (nilai lampau + harapan) / pelanggan yang dinilai"),
          table="lifetime_values",
          top=total_of(lambda t: t.past_value + t.expected_value, "past_value", "expected_value"),
          base=count_rows(), unit=MONEY, kind="average", serves=("F4",), stage="loyalty",
          dimensions=("brand", "platform", "channel", "model", "is_social"), min_base=300,
          one_kind=("model", "model_version", "horizon_days", "as_of"),
          references=("Fader, Hardie, Lee 2005",),
          rows=({"customer": "a", "as_of": "2026-10-01", "past_value": 100, "expected_value": 20},
                {"customer": "b", "as_of": "2026-10-01", "past_value": 30, "expected_value": 50}),
          value=100),
    ratio("alive_share", Text("Customers still buying", "Pelanggan yang masih aktif"),
          Text("Probability that a customer still buys, averaged over the customers valued.",
               "Peluang seorang pelanggan masih membeli, dirata-rata atas pelanggan yang dinilai."),
          Text("Σ probability / customers valued", "Σ peluang / pelanggan yang dinilai"),
          table="lifetime_values",
          top=total_of(lambda t: t.alive_probability, "alive_probability", is_gross=True),
          base=count_rows(), kind="average", serves=("F4", "F6"), stage="loyalty",
          dimensions=("brand", "platform", "channel", "model", "is_social"), min_base=300,
          one_kind=("as_of",),
          rows=({"customer": "a", "as_of": "2026-10-01", "alive_probability": 0.9},
                {"customer": "b", "as_of": "2026-10-01", "alive_probability": 0.5}), value=0.7),
)  # fmt: skip
