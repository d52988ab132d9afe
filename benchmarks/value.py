"""Print what the room `value` reaches beside what was published or asked for.

    python benchmarks/value.py [--data FOLDER] [--quick]

Real data is read in place (TOLOK_SHARED_DATA or ../shared/data beside the repository).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
from honesty_lift import measure_false, measure_power

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from tolok.value import (  # noqa: E402
    MODELS,
    REVENUE_ONLY,
    Accounts,
    Conversions,
    Touches,
    Window,
    attribute,
    backtest,
    build_paths,
    find_jumps,
    fit_bgnbd,
    fit_gammagamma,
    forecast_purchases,
    paths_from_totals,
    summarise_customers,
    suspicion,
    value_customers,
)
from tolok.value.accounts import LOOKS_FAKE, SIGNS, sign_strengths  # noqa: E402
from tolok.value.engagement import INSTAGRAM_BAND, engagement_rate, evenness  # noqa: E402
from tolok.value.tests import plain_attribution as plain  # noqa: E402
from tolok.value.tests import real_data  # noqa: E402

SPLIT, END = date(1997, 9, 30), date(1998, 6, 30)


def head(title: str) -> None:
    print(f"\n== {title}")


def row(name: str, *cells: object) -> None:
    print(f"{name:<46}" + "".join(f"{c!s:>16}" for c in cells))


def judge(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def print_lifetime() -> None:
    head("Lifetime value, CDNOW")
    sample_orders = real_data.cdnow(full=False)
    sample = summarise_customers(sample_orders, as_of=SPLIT)
    began = time.perf_counter()
    model = fit_bgnbd(sample)
    took = time.perf_counter() - began
    row("", "here", "published", "")
    asked = (0.243, 4.414, 0.793, 2.426)
    for name, got, want in zip(("r", "alpha", "a", "b"), model.parameters, asked, strict=True):
        row(f"BG/NBD {name}", f"{got:.3f}", want, judge(round(got, 3) == want))
    row("log-likelihood", f"{model.log_likelihood:.1f}", -9582.4,
        judge(round(model.log_likelihood, 1) == -9582.4))  # fmt: skip
    row("fit of the 2,357, seconds", f"{took:.3f}", "0.7")
    spend = fit_gammagamma(sample)
    for name, got, want in zip("pqv", spend.parameters, (6.25, 3.74, 15.44), strict=True):
        row(f"Gamma-Gamma {name}", f"{got:.2f}", want, judge(round(got, 2) == want))
    print_holdout("sample", model, sample_orders)
    print_intervals(model, spend, sample, sample_orders)
    full_orders = real_data.cdnow(full=True)
    began = time.perf_counter()
    full = summarise_customers(full_orders, as_of=SPLIT)
    prepared = time.perf_counter()
    whole = fit_bgnbd(full)
    done = time.perf_counter()
    row("fit of the 23,570, seconds", f"{done - prepared:.3f}", "< 2", judge(done - prepared < 2))
    row("  with summarising the orders", f"{done - began:.3f}")
    row("  parameters of the 23,570", *(f"{v:.3f}" for v in whole.parameters))
    print_holdout("full set (no target)", whole, full_orders)


def print_holdout(name, model, orders) -> None:
    found = backtest(model, orders, split=SPLIT, end=END)
    error, total = found.mean_error, found.total_error
    target = name == "sample"
    row(f"holdout MAE, {name}", f"{error:.3f}", "<= 0.79", judge(error <= 0.79) if target else "")
    row("  naive: everyone goes on at their rate", f"{found.naive_error:.3f}", "1.024")
    row("  purchases expected / happened", f"{found.expected:.0f}", f"{found.actual:.0f}")
    row("  error of the total", f"{total:+.1%}", "<= 13 %",
        judge(abs(total) <= 0.13) if target else "")  # fmt: skip


def print_intervals(model, spend, sample, orders) -> None:
    found = forecast_purchases(model, sample, (END - SPLIT).days, level=0.9)
    later = summarise_customers(orders, as_of=END).repeats - sample.repeats
    inside = float(((found.low <= later) & (later <= found.high)).mean())
    total = found.total
    row("90 % range of one customer holds", f"{inside:.1%}", ">= 90 %", judge(inside >= 0.9))
    holds = total.low <= later.sum() <= total.high
    row("90 % range of the total", f"{total.low:.0f}-{total.high:.0f}", f"{later.sum():.0f}",
        "holds" if holds else "DOES NOT HOLD")  # fmt: skip
    value = value_customers(
        model, spend, sample, horizon_days=365, margin=REVENUE_ONLY, discount=0.1
    )
    row("revenue in a year, discounted 10 %", value.total, f"{value.total_low.shown}-",
        value.total_high.shown)  # fmt: skip


def as_journeys(paths):
    words = [paths.labels[t] for t in paths.touch]
    ends = zip(paths.start[:-1], paths.start[1:], strict=True)
    return [
        (tuple(words[a:b]), int(c), int(n), int(v))
        for (a, b), c, n, v in zip(ends, paths.conversions, paths.nulls, paths.value, strict=True)
    ]


def print_attribution() -> None:
    touches, conversions = real_data.touches_2018()
    paths = build_paths(touches, conversions, by="channel", window=Window(30))
    print_credits("Attribution, 62,483 touches, 30 days", paths)
    journeys = real_data.journeys_2014()
    totals = paths_from_totals(
        [j[0] for j in journeys],
        conversions=[j[1] for j in journeys],
        nulls=[j[2] for j in journeys],
        value=[j[3] for j in journeys],
        currency="USD",
        digits=3,
    )
    print_credits("Attribution, 10,000 rows of path totals", totals)
    print_speed(touches, conversions)


def print_credits(title: str, paths) -> None:
    head(title)
    row("conversions credited", *paths.labels)
    models = [m for m in MODELS if m != "time_decay" or paths.age is not None]
    for model in models:
        found = attribute(paths, model)
        parts = (*found.credits, found.unattributed)
        adds = sum(c.conversions for c in parts) == found.conversions
        worth = sum(c.value.amount for c in parts) == found.value.amount
        row(f"{model} ({'adds up' if adds and worth else 'DOES NOT ADD UP'})",
            *(c.conversions for c in found.credits))  # fmt: skip
    print(f"total {found.conversions} conversions, {found.value}; unattributed "
          f"{found.unattributed.conversions}")  # fmt: skip
    print_agreement(paths)


def print_agreement(paths) -> None:
    """Compare with plain Python that shares no line with the room."""
    journeys = as_journeys(paths)
    walked = plain.markov([(j[0], j[1], j[2], j[1]) for j in journeys], rounds=400)
    mine = attribute(paths, "markov")
    off = max(abs(c.share - walked[c.label]) for c in mine.credits)
    row("Markov, largest difference to walking", f"{off:.1e}", "", judge(off < 1e-9))
    game = plain.count_game(paths.labels, [j[:2] for j in journeys])
    values = plain.shapley(paths.labels, game)
    whole = sum(j[1] for j in journeys)
    mine = attribute(paths, "shapley")
    off = max(abs(c.share - float(values[c.label]) / whole) for c in mine.credits)
    row("Shapley, largest difference to coalitions", f"{off:.1e}", "", judge(off < 1e-9))


def print_speed(touches: Touches, conversions: Conversions) -> None:
    copies = 13
    person = np.concatenate([np.char.add(touches.person, f"-{i}") for i in range(copies)])
    buyer = np.concatenate([np.char.add(conversions.person, f"-{i}") for i in range(copies)])
    many = Touches(
        person, np.tile(touches.time, copies),
        {"channel": np.tile(touches.dimensions["channel"], copies)},
    )  # fmt: skip
    ends = Conversions(
        buyer, np.tile(conversions.time, copies), np.tile(conversions.value, copies), "USD"
    )
    began = time.perf_counter()
    paths = build_paths(many, ends, by="channel", window=Window(30))
    built = time.perf_counter()
    attribute(paths, "markov")
    attribute(paths, "shapley")
    done = time.perf_counter()
    n = len(paths.lengths)
    row(f"Markov + Shapley, {n:,} paths, seconds", f"{done - built:.3f}", "0.2 / 100k",
        judge(done - built <= 0.2 * n / 1e5))  # fmt: skip
    row(f"  building them from {len(person):,} touches", f"{built - began:.3f}")


def print_effect(runs: int) -> None:
    head(f"Lift with a control, nominal 5 %, +20 % sought, {runs} runs a cell")
    row("before+after, carry-over, noise", "false lift", "power", "cannot tell", "covers +20 %")
    cells = measure_power(runs=runs)
    for c in cells:
        row(f"{c.before}+{c.after}, {c.carry}, {c.noise}", f"{c.false:.1%}", f"{c.power:.0%}",
            f"{c.silent:.0%}", f"{c.covers:.1%}")  # fmt: skip
    print()
    false = [c.false for c in measure_false(runs=10 * runs)]
    mean = np.mean(false)
    row(f"false lift, {10 * runs} runs a cell, mean", f"{mean:.1%}", "3-6 %",
        judge(0.03 <= mean <= 0.06))  # fmt: skip
    row("  lowest and highest cell", f"{min(false):.1%}", f"{max(false):.1%}",
        judge(min(false) >= 0.03 and max(false) <= 0.06))  # fmt: skip
    weak = [c.silent for c in cells if c.power < 0.5]
    row("cannot tell where power < 50 %", f"{np.mean(weak):.1%}", ">= 90 %",
        judge(np.mean(weak) >= 0.9))  # fmt: skip
    row("  lowest such cell", f"{min(weak):.1%}", ">= 90 %", judge(min(weak) >= 0.9))


def area_under_curve(odds, labels) -> float:
    odds, labels = odds[np.isfinite(odds)], labels[np.isfinite(odds)]
    _, place, count = np.unique(odds, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    n = labels.sum()
    return float((rank[labels].sum() - n * (n + 1) / 2) / n / (~labels).sum())


def print_influencers() -> None:
    head("Influencers: what can be measured")
    folder = "influencers_and_bots/instafake/"
    rows = [
        r
        for name in ("fake", "real")
        for r in json.loads(real_data.shared(f"{folder}{name}AccountData.json").read_text())
    ]
    print_signs("InstaFake, 200 fake and 994 real", instafake(rows), column(rows, "isFake") == 1)
    folder = "influencers_and_bots/twitter_bots_minimised/"
    rows = [
        r
        for name in ("bots", "nonbots")
        for r in csv.DictReader(real_data.shared(f"{folder}{name}_data.csv").open())
    ]
    print_signs("Twitter, 1,056 bots and 1,176 others", twitter(rows), column(rows, "bot") == 1)
    print_engagement()
    print_growth()


def column(rows, key):
    truth = {"TRUE": 1.0, "FALSE": 0.0}

    def number(cell):
        text = str(cell).strip().strip('"').upper()
        try:
            return truth[text] if text in truth else float(text)
        except ValueError:
            return np.nan

    return np.array([number(r[key]) for r in rows])


def instafake(rows) -> Accounts:
    return Accounts(
        column(rows, "userFollowerCount"), column(rows, "userFollowingCount"),
        column(rows, "userMediaCount"), column(rows, "userHasProfilPic"),
        (column(rows, "userBiographyLength") > 0) * 1.0, column(rows, "usernameDigitCount"),
    )  # fmt: skip


def twitter(rows) -> Accounts:
    return Accounts(
        column(rows, "followers_count"), column(rows, "friends_count"),
        column(rows, "statuses_count"), 1 - column(rows, "default_profile_image"),
        column(rows, "has_bio"), column(rows, "screen_name_digits"),
    )  # fmt: skip


def print_signs(title: str, accounts: Accounts, fake) -> None:
    odds = suspicion(accounts)
    row(title, f"AUC {area_under_curve(odds, fake):.3f}",
        f"caught {(odds[fake] >= LOOKS_FAKE).mean():.0%}",
        f"wrongly {(odds[~fake] >= LOOKS_FAKE).mean():.1%}")  # fmt: skip
    for sign, strength in zip(SIGNS, sign_strengths(accounts).T, strict=True):
        row(f"  {sign.key} alone", f"AUC {area_under_curve(strength, fake):.3f}")


def print_engagement() -> None:
    path = real_data.shared("influencers_and_bots/instafake/nonautomatedAccountData.json")
    accounts = json.loads(path.read_text())
    spreads, distances = [], []
    for a in accounts:
        likes = np.array(a["mediaLikeNumbers"], dtype=float)
        comments = np.array(a["mediaCommentNumbers"], dtype=float)
        followers = a.get("userFollowerCount") or 0
        spreads.append(evenness(likes[:30]))
        rate = engagement_rate(likes, comments, followers)
        if rate is not None:
            distances.append(abs(INSTAGRAM_BAND.distance(followers, rate)))
    known = np.array([s for s in spreads if s is not None])
    far = np.array(distances)
    row(f"700 ordinary accounts: {len(far)} with a rate", f"lose {(far > 1.5).mean():.1%}",
        f"lose all {(far >= 3).mean():.1%}", "(band drawn here)")  # fmt: skip
    row(f"  evenness of likes, {len(known)} judged", f"lose {(known < 0.12).mean():.1%}",
        f"lose all {(known <= 0.03).mean():.1%}")  # fmt: skip


def print_growth() -> None:
    path = real_data.shared("exports/sprout_social/airport_2025/Profile Performance.csv")
    profiles: dict[str, list[tuple[str, float, float]]] = {}
    for r in csv.DictReader(path.open(encoding="utf-8-sig")):
        cells = (r["Audience"].replace(",", ""), r["Engagements"].replace(",", ""))
        numbers = [float(c) if c else np.nan for c in cells]
        day = r["Date"][6:] + r["Date"][:5]
        profiles.setdefault(r["Network"], []).append((day, numbers[0], numbers[1]))
    row("Follower jumps on real years", "found", "unexplained", "+3 % found", "+5 %", "+10 %")
    for name, days in profiles.items():
        count, engagement = (np.array([d[k] for d in sorted(days)]) for k in (1, 2))
        found = find_jumps(count, engagement) or []
        hits = [f"{injected(count, engagement, share):.0%}" for share in (0.03, 0.05, 0.1)]
        row(f"  {name}", len(found), sum(not j.is_explained for j in found), *hits)


def injected(count, engagement, share: float, runs: int = 200) -> float:
    """Return how often followers bought over one to three days are found in a real year."""
    rng = np.random.default_rng(0)
    hits = 0
    for _ in range(runs):
        day, days = int(rng.integers(10, len(count) - 10)), int(rng.integers(1, 4))
        bought = count.copy()
        for i in range(days):
            bought[day + i :] += share * count[day] / days
        jumps = find_jumps(bought, engagement) or []
        hits += any(day - 2 <= j.day <= day + 3 for j in jumps)
    return hits / runs


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--data", help="folder of the real data")
    reader.add_argument("--quick", action="store_true", help="fewer runs of the lift simulation")
    chosen = reader.parse_args()
    if chosen.data:
        os.environ["TOLOK_SHARED_DATA"] = chosen.data
    print_lifetime()
    print_attribution()
    print_influencers()
    print_effect(100 if chosen.quick else 400)


if __name__ == "__main__":
    main()
