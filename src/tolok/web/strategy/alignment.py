"""Alignment: how well a thing serves its goal, scored 1 to 5 by at least two people (K1.4).

Each person's score is a fact of its own; the round's sum, lowest and highest stand beside it as
the row that the catalogue's metrics measure. A round is a quarter: its day is that of its first
score, and who scores again in it replaces the earlier score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tolok.base import Text
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import calendar_of
from tolok.web.accounts.models import User
from tolok.web.plan.beside import figures_beside
from tolok.web.plan.saving import hold_file
from tolok.web.plan.words import write_day
from tolok.web.shell.language import language_of_page, locale_of_page

from .board import Board, Rating
from .forms import ScoreForm
from .keeping import keep_thing, thing_of
from .linked import linked_of
from .words import RUBRIC

ENOUGH = 2  # people, before a score is more than one opinion
NEAR = 1  # points between the lowest and the highest that still are agreement
FIGURES = ("alignment_score", "alignment_agreement", "raters_per_subject")
_ALONE = Text("One person has scored it. It counts once a second one has.",
              "Baru satu orang yang menilai. Skornya dihitung setelah orang kedua menilai.")  # fmt: skip
_AGREE = Text("{n} people, {mean} on average, at most one point apart: they agree.",
              "{n} orang, rata-rata {mean}, selisih paling banyak satu: mereka sepakat.")  # fmt: skip
_DIFFER = Text("{n} people, {mean} on average, {gap} points apart: talk about what the scores mean.",
               "{n} orang, rata-rata {mean}, selisih {gap}: bicarakan arti skornya.")  # fmt: skip


@dataclass(frozen=True)
class Gathered:
    """The scores of one thing in one round."""

    subject: str
    name: str
    goal: str | None
    ratings: tuple[Rating, ...]

    @property
    def kind(self) -> str:
        """Whether it is a strategy, campaign or pillar."""
        return self.subject.partition(":")[0]

    @property
    def key(self) -> str:
        """Its key among those."""
        return self.subject.partition(":")[2]

    @property
    def day(self) -> str:
        """The day the round began."""
        return write_day(self.ratings[0].scored_on)

    @property
    def is_shared(self) -> bool:
        """Whether enough people scored it."""
        return len(self.ratings) >= ENOUGH

    @property
    def mean(self) -> float:
        """The mean of the scores."""
        return sum(r.score or 0 for r in self.ratings) / len(self.ratings)

    @property
    def gap(self) -> int:
        """Points between the lowest and the highest."""
        scores = [r.score or 0 for r in self.ratings]
        return max(scores) - min(scores)

    @property
    def agrees(self) -> bool:
        """Whether the scores are near to each other."""
        return self.gap <= NEAR

    def say(self) -> str:
        """How many scored it, what came out, whether they agree."""
        if not self.is_shared:
            return _ALONE.say(language_of_page())
        data = {"n": len(self.ratings), "gap": self.gap,
                "mean": locale_of_page().format_number(round(self.mean, 1))}  # fmt: skip
        return (_AGREE if self.agrees else _DIFFER).say(language_of_page(), **data)


def gather_scores(board: Board) -> list[Gathered]:
    """Return the last round of every thing scored, the latest first."""
    rounds: dict[str, list[Rating]] = {}
    for rating in board.ratings:  # oldest first: a later round takes the place of an earlier one
        known = rounds.get(rating.subject)
        if known and known[0].scored_on == rating.scored_on:
            known.append(rating)
        else:
            rounds[rating.subject] = [rating]
    names = names_of(board)
    found = [
        Gathered(subject, names.get(subject, subject), ratings[-1].goal, tuple(ratings))
        for subject, ratings in rounds.items()
    ]
    return sorted(found, key=lambda g: g.ratings[0].scored_on, reverse=True)


def names_of(board: Board) -> dict[str, str]:
    """Return what can be scored: strategies, campaigns and pillars, by how facts name them."""
    found = {f"strategy:{s.strategy}": s.title for s in board.strategies}
    found |= {x.link: x.name for x in linked_of(board).values() if x.kind != "slot"}
    return found


def goal_of(board: Board, subject: str) -> str | None:
    """Return the goal a thing serves, as far as it is known."""
    kind, _sign, key = subject.partition(":")
    if kind == "strategy":
        strategy = board.strategy(key)
        return strategy.goal if strategy else None
    linked = linked_of(board).get(subject)
    if linked is not None and linked.goal:
        return linked.goal
    served = [t.strategy for t in board.tactics if t.link == subject]
    strategies = [board.strategy(s) for s in served]
    return next((s.goal for s in strategies if s and s.goal), None)


def round_of(board: Board, subject: str) -> tuple[Rating, ...]:
    """Return the scores of a thing in the quarter that runs."""
    quarter = calendar_of(board.brand).period_of(board.today, "quarter")
    mine = [r for r in board.ratings if r.subject == subject and quarter.contains(r.scored_on)]
    return tuple(r for r in mine if r.scored_on == mine[0].scored_on)


@page("see")
@require_GET
def list_scores(request: HttpRequest, access: Access) -> HttpResponse:
    """Show everything scored, and what still waits for a second person."""
    board = Board(access.brand)
    gathered = gather_scores(board)
    scored = {g.subject for g in gathered}
    running = [s for s in board.strategies if s.state in ("in_force", "unproven", "proposed")]
    waiting = [(f"strategy:{s.strategy}", s.title) for s in running]
    waiting += [
        (x.link, x.name) for x in linked_of(board).values()
        if x.kind == "campaign" and goal_of(board, x.link)
    ]  # fmt: skip
    about = {
        "access": access,
        "shared": [g for g in gathered if g.is_shared],
        "alone": [g for g in gathered if not g.is_shared],
        "waiting": [(*s.split(":", 1), name) for s, name in waiting if s not in scored],
        "rubric": list(RUBRIC.items()),
        "figures": figures_beside(board.book, FIGURES) if gathered else [],
    }
    return render(request, "strategy/scores.html", about)


@page("see")
def score_thing(request: HttpRequest, access: Access, kind: str, key: str) -> HttpResponse:
    """Show the scores of one thing; a member of the team gives their own."""
    board = Board(access.brand)
    subject = f"{kind}:{key}"
    name = names_of(board).get(subject)
    if name is None:
        raise Http404
    me = access.user.email
    standing = round_of(board, subject)
    mine = next((r for r in standing if r.rater == me), None)
    initial = {"score": mine.score, "note": mine.note} if mine else {}
    form = ScoreForm(request.POST or None, initial=initial)
    if request.method == "POST" and access.may("work") and form.is_valid():
        keep_score(request, access, subject, form.cleaned_data)
        messages.success(request, _("Your score is kept."))
        return redirect("strategy:score", access.brand.slug, kind, key)
    # Who has not scored yet sees no other score: it would pull their own.
    is_open = mine is not None or not access.may("work")
    about = {
        "access": access, "form": form, "subject": subject, "name": name, "mine": mine,
        "goal": board.goal(goal_of(board, subject)), "count": len(standing), "is_open": is_open,
        "gathered": Gathered(subject, name, None, standing) if standing else None,
        "ratings": _lines(standing) if is_open else [], "kind": kind, "key": key,
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/score.html", about, status=status)


def _lines(ratings: Sequence[Rating]) -> list[tuple[str, Rating, Text]]:
    people = {u.email: str(u) for u in User.objects.filter(email__in=[r.rater for r in ratings])}
    return [
        (people.get(r.rater, r.rater), r, RUBRIC.get(r.score or 0, Text("", ""))) for r in ratings
    ]


def keep_score(request: HttpRequest, access: Access, subject: str, told: dict[str, Any]) -> None:
    """Write one person's score and the round's sum in one batch."""
    me = access.user.email
    with hold_file(access.brand):
        board = Board(access.brand)
        standing = round_of(board, subject)
        day = standing[0].scored_on if standing else board.today
        goal = goal_of(board, subject)
        own = {"subject": subject, "scored_on": day, "rater": me, "score": told["score"],
               "goal": goal, "note": told["note"] or None}  # fmt: skip
        scores = [r.score or 0 for r in standing if r.rater != me] + [told["score"]]
        together = {
            "subject": subject, "scored_on": day, "raters": len(scores),
            "score_sum": float(sum(scores)), "score_low": float(min(scores)),
            "score_high": float(max(scores)), "goal": goal,
        }  # fmt: skip
        rows = {"alignment_ratings": [own], "alignment_scores": [together]}
        keep_thing(
            access.brand, rows, thing=thing_of("alignment", subject), did="scored",
            by=str(access.user),
        )  # fmt: skip
    name = names_of(board).get(subject, subject)
    audit.record(request, "scored_alignment", brand=access.brand, thing=name)
