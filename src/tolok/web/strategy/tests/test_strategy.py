"""Goals, strategies, tactics, scores and budgets: what is saved is a fact the catalogue measures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from django.test import Client

from tolok.kpi import Kpi, Target, read_kpis, write_kpis
from tolok.kpi.ledger import write_facts
from tolok.lake import Origin, table_of
from tolok.metrics import Scope
from tolok.web.accounts.facts import calendar_of, engine_of, lake_of, today_of, workspace_of
from tolok.web.accounts.models import AuditEntry, Brand, User
from tolok.web.strategy.board import Board
from tolok.web.strategy.keeping import row_mark
from tolok.web.strategy.spending import bargains_of, read_lines, total_by_currency

pytestmark = pytest.mark.django_db
GOAL = {"name": "Makin dikenal anak muda", "kind": "", "owner": "Rani", "starts": "2026-01-01",
        "ends": ""}  # fmt: skip
AT = "/b/kopi/strategy/"


@pytest.fixture
def desk(alice: User, brand: Brand, sign_in: Callable[[User], Client]) -> Client:
    """Alice at her desk, with no KPIs yet."""
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [])
    return sign_in(alice)


def figure(brand: Brand, metric: str, grain: str = "quarter") -> Any:
    period = calendar_of(brand).period_of(today_of(brand), grain)
    return engine_of(brand).figure(metric, period, Scope(brand.slug))


def write_strategy(desk: Client, **more: str) -> str:
    told = {"name": "Video pendek", "goal": "", "owner": "", "proposed_on": "2026-01-01",
            "insight": "", **more}  # fmt: skip
    answer = desk.post(AT + "new/", told)
    return str(answer["Location"].rstrip("/").rsplit("/", 1)[1])


def bring(brand: Brand, table: str, *rows: dict[str, Any]) -> None:
    """Write rows as an import of a file would."""
    schema = table_of(table).schema
    full = [{"observed_at": datetime(2026, 1, 1), "brand": brand.slug, **r} for r in rows]
    names = sorted({n for r in full for n in r})
    facts = pa.table({n: pa.array([r.get(n) for r in full], schema.field(n).type) for n in names})
    lake_of(brand).write({table: facts}, Origin(source="test", brand=brand.slug))


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


def test_a_goal_is_a_fact_and_an_emptied_field_is_empty_again(desk: Client, brand: Brand) -> None:
    assert desk.post(AT + "goals/new/", {**GOAL, "ends": "2026-06-30"}).status_code == 302
    goal = Board(brand).goals[0]
    assert (goal.goal, goal.ends) == ("makin-dikenal-anak-muda", date(2026, 6, 30))
    page = AT + f"goal/{goal.goal}/edit/"
    seen = desk.get(page).content.decode().split('name="seen" value="')[1].split('"')[0]
    assert desk.post(page, {**GOAL, "owner": "", "seen": seen}).status_code == 302
    assert (Board(brand).goals[0].ends, Board(brand).goals[0].owner) == (None, None)
    assert figure(brand, "goals_standing").value == 1
    late = desk.post(page, {**GOAL, "name": "Lain", "seen": seen})
    assert (late.status_code, Board(brand).goals[0].name) == (422, GOAL["name"])
    assert desk.post(AT + f"goal/{goal.goal}/end/").status_code == 302
    assert Board(brand).goals[0].ends == today_of(brand)
    assert AuditEntry.objects.filter(action="saved_goal").count() == 2


def test_kpis_follow_the_new_name_of_their_goal(desk: Client, brand: Brand) -> None:
    kpi = Kpi(key="k", name="Pengikut", metric="followers", goal="makin dikenal ANAK muda")
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [kpi])
    assert list(Board(brand).unwritten()) == ["makin dikenal ANAK muda"]
    desk.post(AT + "goals/new/", GOAL)
    board = Board(brand)
    assert board.unwritten() == {}
    assert [k.key for k in board.kpis_of(board.goals[0])] == ["k"]
    page = AT + f"goal/{board.goals[0].goal}/edit/"
    seen = desk.get(page).content.decode().split('name="seen" value="')[1].split('"')[0]
    desk.post(page, {**GOAL, "name": "Dikenal se-Surabaya", "seen": seen})
    assert read_kpis(workspace_of(brand).kpi_file(brand.slug))[0].goal == "Dikenal se-Surabaya"


def test_a_strategy_counts_only_with_something_that_ran(desk: Client, brand: Brand) -> None:
    today = today_of(brand)
    day = calendar_of(brand).period_of(today, "quarter").start
    bring(brand, "posts", {"post": "p1", "account": "x:kopi", "pillar": "resep",
                           "published_at": datetime(day.year, day.month, day.day, 3)})  # fmt: skip
    key = write_strategy(desk)
    force = AT + f"of/{key}/force/"
    assert desk.post(force, {"day": day.isoformat(), "evidence": ""}).status_code == 302
    assert figure(brand, "strategies_in_force").value == 0
    assert figure(brand, "strategies_without_evidence").value == 1
    assert "without evidence" in desk.get(AT).content.decode()
    later = (today + timedelta(days=1)).isoformat()
    assert desk.post(force, {"day": later, "evidence": ""}).status_code == 422
    assert desk.post(force, {"day": day.isoformat(), "evidence": "slot:x"}).status_code == 422
    assert desk.post(force, {"day": day.isoformat(), "evidence": "pillar:resep"}).status_code == 302
    assert figure(brand, "strategies_in_force").value == 1
    page = desk.get(AT + f"of/{key}/").content.decode()
    assert "Content pillar “resep”, at work from" in page
    desk.post(AT + f"of/{key}/end/", {"day": today.isoformat(), "outcome": "worked"})
    assert Board(brand).strategies[0].state == "ended"
    desk.post(AT + f"of/{key}/end/", {"back": "1"})
    assert Board(brand).strategies[0].state == "in_force"
    desk.post(force, {"back": "1"})
    assert Board(brand).strategies[0].state == "proposed"
    assert figure(brand, "strategies_in_force").value in (0, None)


def test_a_tactic_ties_its_campaign_and_slots_to_the_goal(desk: Client, brand: Brand) -> None:
    desk.post(AT + "goals/new/", GOAL)
    goal = Board(brand).goals[0].goal
    today = today_of(brand)
    due = datetime(today.year, today.month, today.day, 3)
    bring(brand, "campaigns", {"campaign": "ramadan", "name": "Ramadan", "starts": today,
                               "status": "running"})  # fmt: skip
    bring(brand, "slots", {"slot": "s1", "due_at": due, "pillar": "resep"},
          {"slot": "s2", "due_at": due, "pillar": "kedai"})  # fmt: skip
    assert figure(brand, "aligned_campaign_share").value == 0
    key = write_strategy(desk, goal=goal)
    told = {"name": "Reel", "link": "campaign:ramadan", "campaign": "", "starts": "2026-01-01",
            "ends": "", "owner": ""}  # fmt: skip
    assert desk.post(AT + f"of/{key}/tactic/", told).status_code == 302
    assert figure(brand, "aligned_campaign_share").value == 1
    desk.post(AT + f"of/{key}/tactic/", {**told, "name": "Resep", "link": "pillar:resep"})
    assert figure(brand, "aligned_slot_share").value == 0.5
    tactic = next(t for t in Board(brand).tactics if t.name == "Resep")
    again = {**told, "name": "Resep baru", "link": "pillar:resep", "seen": row_mark(tactic)}
    assert desk.post(AT + f"tactic/{tactic.tactic}/", again).status_code == 302
    assert figure(brand, "aligned_slot_share").value == 0.5  # saved again, the tie still stands
    desk.post(AT + f"tactic/{tactic.tactic}/", {"remove": "1"})
    assert figure(brand, "aligned_slot_share").value == 0
    assert [t.name for t in Board(brand).tactics] == ["Reel"]
    new = {**told, "name": "Kreator", "link": "", "campaign": "kreator-2027"}
    desk.post(AT + f"of/{key}/tactic/", new)
    assert {t.link for t in Board(brand).tactics} == {"campaign:ramadan", "campaign:kreator-2027"}


def test_a_tactic_somebody_else_changed_meanwhile_is_not_overwritten(
    desk: Client, brand: Brand
) -> None:
    key = write_strategy(desk)
    told = {"name": "Reel", "link": "", "campaign": "", "starts": "", "ends": "", "owner": ""}
    desk.post(AT + f"of/{key}/tactic/", told)
    (before,) = Board(brand).tactics
    page = AT + f"tactic/{before.tactic}/"
    assert f'name="seen" value="{row_mark(before)}"' in desk.get(page).content.decode()
    first = {**told, "name": "Reel resep", "seen": row_mark(before)}
    assert desk.post(page, first).status_code == 302
    late = desk.post(page, {**first, "name": "Reel kedai", "owner": "Rani"})
    assert late.status_code == 422
    assert "Somebody else saved it" in late.content.decode()
    assert 'value="Reel kedai"' in late.content.decode(), "what was written is still there"
    assert f'value="{row_mark(before)}"' in late.content.decode(), "nor does trying again"
    assert [(t.name, t.owner) for t in Board(brand).tactics] == [("Reel resep", None)]


def test_a_new_line_of_the_budget_without_an_amount_is_refused(desk: Client, brand: Brand) -> None:
    refused = desk.post(AT + "budget/line/", {"line": "Iklan", "currency": "IDR", "period": "2026"})
    assert refused.status_code == 422
    assert "No month of this line has an amount." in refused.content.decode()
    assert 'value="Iklan"' in refused.content.decode()
    assert Board(brand).budget == ()


def test_scores_stay_hidden_until_ones_own_and_count_from_two_people(
    desk: Client, brand: Brand, hire: Any, sign_in: Any
) -> None:
    key = write_strategy(desk)
    page = AT + f"score/strategy/{key}/"
    assert desk.post(page, {"score": "7"}).status_code == 422
    assert desk.post(page, {"score": "5", "note": "Sangat jelas"}).status_code == 302
    assert figure(brand, "alignment_score").value is None
    bob = sign_in(hire("specialist"))
    assert "Sangat jelas" not in bob.get(page).content.decode()
    bob.post(page, {"score": "3"})
    assert "Sangat jelas" in bob.get(page).content.decode()
    assert "2 points apart" in bob.get(AT + "scores/").content.decode()
    assert figure(brand, "alignment_score").value == 4
    bob.post(page, {"score": "4"})  # thinks again: the earlier score is replaced
    assert figure(brand, "alignment_score").value == 4.5
    assert "they agree" in bob.get(AT + "scores/").content.decode()
    boss = sign_in(hire("viewer"))
    assert boss.post(page, {"score": "1"}).status_code == 200
    assert len(Board(brand).ratings) == 2


def line(brand: Brand, **more: str) -> dict[str, str]:
    months = calendar_of(brand).split(
        calendar_of(brand).period_of(today_of(brand), "year"), "month"
    )
    told = {"line": "Iklan", "currency": "IDR", "goal": "", "kpi": "", "campaign": "", "platform": "",
            "period": f"{today_of(brand).year}"}  # fmt: skip
    return told | {f"planned.{m.start.isoformat()}": "1,000,000" for m in months} | more


def test_a_line_of_the_budget_is_planned_spent_and_kept_in_its_currency(
    desk: Client, brand: Brand
) -> None:
    first = date(today_of(brand).year, 1, 1)
    page = AT + "budget/line/"
    assert desk.post(page, line(brand)).status_code == 302
    assert figure(brand, "budget_planned", "year").value == 12_000_000
    bring(brand, "costs", {"cost": "1", "day": first, "line": "Iklan", "kind": "ads",
                           "amount": Decimal("1500000"), "currency": "IDR"},
          {"cost": "2", "day": first, "line": "Iklan", "kind": "ads", "amount": Decimal("40"),
           "currency": "USD"})  # fmt: skip
    board = Board(brand)
    year = calendar_of(brand).period_of(board.today, "year")
    told = {(x.line, x.currency): (x.plan_total, x.spent_total) for x in read_lines(board, year)}
    assert told == {("Iklan", "IDR"): (12_000_000, 1_500_000), ("Iklan", "USD"): (None, 40)}
    sums = total_by_currency(read_lines(board, year), board.today)
    assert [(s["currency"], plain(s["spent"])) for s in sums] == [
        ("IDR", "IDR 1,500,000"), ("USD", "USD 40.00"),
    ]  # fmt: skip
    emptied = line(brand, was="Iklan") | {f"planned.{first.isoformat()}": ""}
    assert desk.post(page, emptied).status_code == 302
    assert figure(brand, "budget_planned", "year").value == 11_000_000
    shown = desk.get(AT + "budget/?now=1").content.decode()
    assert "over the plan" in shown


@pytest.mark.parametrize(
    ("field", "value"),
    [("currency", "XQZ"), ("line", ""), ("planned.first", "-5"), ("planned.first", "banyak")],
)
def test_what_makes_no_sense_in_a_line_is_said_and_nothing_kept(
    field: str, value: str, desk: Client, brand: Brand
) -> None:
    name = field.replace("first", date(today_of(brand).year, 1, 1).isoformat())
    answer = desk.post(AT + "budget/line/", line(brand) | {name: value})
    assert answer.status_code == 422
    assert "fault" in answer.content.decode()
    assert Board(brand).budget == ()


def test_money_stands_beside_what_it_was_to_bring_and_brought(desk: Client, brand: Brand) -> None:
    today = today_of(brand)
    start = date(today.year, 1, 1)
    days = [
        start - timedelta(days=1),
        *(start + timedelta(days=n) for n in range((today - start).days)),
    ]
    rows = [{"account": "instagram:kopi", "platform": "instagram", "day": d, "followers": 1000 + n,
             "observed_at": datetime(today.year, today.month, today.day)}
            for n, d in enumerate(days)]  # fmt: skip
    bring(brand, "account_days", *rows)
    kpi = Kpi(
        key="k", name="Pengikut", metric="followers", platforms=("instagram",), baseline=1000.0,
        target=Target("value", 1500), start=start, due=date(today.year, 12, 31), rhythm="month",
    )  # fmt: skip
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [kpi])
    desk.post(AT + "budget/line/", line(brand, kpi="k"))
    bring(brand, "costs", {"cost": "1", "day": start, "line": "Iklan", "currency": "IDR",
                           "amount": Decimal(len(days) - 1) * 1000})  # fmt: skip
    board = Board(brand)
    year = calendar_of(brand).period_of(today, "year")
    bargain = bargains_of(board, read_lines(board, year))[0]
    assert bargain.wanted is not None
    assert "IDR 12,000,000 for 500: IDR 24,000 each" in plain(bargain.wanted.en)
    assert "IDR 1,000 each" in plain(bargain.came.en)


def test_a_file_s_goals_and_odd_keys_open_too(desk: Client, brand: Brand) -> None:
    write_facts(lake_of(brand), brand.slug, {"goals": [{"goal": "Dikenal / 2026 & lagi"}]})
    assert desk.get(AT + "goals/?now=1").status_code == 200
    assert desk.get(AT + "goal/Dikenal%20%2F%202026%20%26%20lagi/").status_code == 200
    assert desk.get(AT + "goal/nowhere/").status_code == 404
