"""Pages that make a KPI: from a goal or a sentence over proposals to fields with live letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tolok.base import UserError
from tolok.connectors import platform_facts
from tolok.kpi import Kpi
from tolok.kpi.doctor import Diagnosis, SmartLetter
from tolok.kpi.ledger import read_facts
from tolok.kpi.propose import Proposal, goals, kits, propose
from tolok.kpi.sentence import read_sentence
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.models import Brand, User
from tolok.web.shell.language import language_of_page

from .book import Book
from .forms import KpiForm
from .saving import save_kpi, version_mark
from .steps import BY_HAND, rows_of
from .words import capital, level_of, write_day, write_target

WORDS_LIMIT = 500


@page("plan")
@require_GET
def show_start(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask for the goal, a kit, or a sentence."""
    about = {
        "access": access,
        "goals": [(key, capital(name)) for key, name in goals().items()],
        "kits": [(key, capital(name)) for key, name in kits().items()],
    }
    return render(request, "plan/new.html", about)


@page("plan")
@require_GET
def show_proposals(request: HttpRequest, access: Access, wish: str) -> HttpResponse:
    """Show the KPIs that fit a goal, with their formulas and what they still lack."""
    name = (goals() | kits()).get(wish)  # type: ignore[operator]
    if name is None:
        raise Http404
    book = Book(access.brand)
    told = [
        (n, p, write_target(p.kpi), write_day(p.kpi.due))
        for n, p in enumerate(_propose(book, wish, request.user))
    ]
    about = {"access": access, "wish": wish, "name": capital(name), "proposals": told}
    return render(request, "plan/proposals.html", about)


def _propose(book: Book, wish: str, user: Any) -> tuple[Proposal, ...]:
    connected = book.surroundings.connected or frozenset()
    return propose(
        wish, book.today, platforms=sorted(connected), facts=platform_facts(),
        language=language_of_page(), owner=str(user) if isinstance(user, User) else None,
        engine=book.engine, brand=book.brand.slug,
    )  # fmt: skip


def platforms_of(book: Book, kpi: Kpi | None = None) -> dict[str, str]:
    """Return the platforms a KPI may speak of, by name: those with data, else all known ones."""
    names = book.surroundings.facts.names or platform_facts().names
    shown = sorted(book.surroundings.connected or names)
    if kpi is not None:
        shown = sorted({*shown, *kpi.platforms})
    return {key: names.get(key, key.title()) for key in shown}


@page("plan")
def make_kpi(request: HttpRequest, access: Access) -> HttpResponse:
    """Fill in a new KPI and save it."""
    book = Book(access.brand)
    if request.method == "POST":
        return _answer(request, access, book, None)
    base, read = _find_draft(request, book)
    return _show_form(request, access, book, form=_form(book, base), base=None, read=read)


def _find_draft(request: HttpRequest, book: Book) -> tuple[Kpi | None, Mapping[str, str]]:
    """Return the KPI to begin with: a proposal, what a sentence says, or nothing."""
    if words := request.GET.get("say", "").strip()[:WORDS_LIMIT]:
        found = read_sentence(words, book.today)
        return found.kpi, found.read
    wish, pick = request.GET.get("wish", ""), request.GET.get("pick", "")
    if wish in goals() or wish in kits():
        proposals = _propose(book, wish, request.user)
        chosen = next((p.kpi for p in proposals if p.kpi.key == pick), None)
        if chosen is not None:
            return chosen, {}
    return None, {}


@page("plan")
def edit_kpi(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Change a KPI; what it was before stays readable."""
    book = Book(access.brand)
    kpi = book.kpi(key)
    if kpi is None:
        raise Http404
    if request.method == "POST":
        return _answer(request, access, book, kpi)
    return _show_form(request, access, book, form=_form(book, kpi), base=kpi, read={})


def _form(book: Book, kpi: Kpi | None, data: Any = None) -> KpiForm:
    initial = {"state": "active", "aim": "reach", "path": "straight", "rhythm": "month"}
    form = KpiForm(data, platforms=platforms_of(book, kpi), kpi=kpi)
    if kpi is None:
        form.initial = initial
    elif kpi.state == "draft" and book.kpi(kpi.key) is None:
        form.initial = {**form.initial, "state": "active"}
    return form


def _answer(request: HttpRequest, access: Access, book: Book, base: Kpi | None) -> HttpResponse:
    form = _form(book, base, request.POST)
    if form.is_valid() and "look" not in request.POST:
        draft = form.draft(base, access.brand.currency)
        try:
            saved = save_kpi(
                access.brand, draft, seen=request.POST.get("seen", ""), by=str(access.user),
                note=request.POST.get("change_note", "").strip()[:400] or None, is_new=base is None,
            )  # fmt: skip
        except UserError as error:
            form.add_error(None, error.say(language_of_page()))
        else:
            audit.record(request, "saved_kpi", brand=access.brand, thing=saved.name, key=saved.key)
            messages.success(request, _("Saved."))
            return redirect("plan:kpi", access.brand.slug, saved.key)
    return _show_form(request, access, book, form=form, base=base, read={})


def _show_form(
    request: HttpRequest, access: Access, book: Book, *, form: KpiForm, base: Kpi | None,
    read: Mapping[str, str],
) -> HttpResponse:  # fmt: skip
    if form.is_bound:
        form.is_valid()
        draft = form.draft(base, access.brand.currency)
    else:
        draft = form.kpi or Kpi(key="kpi", name="", metric="")
    about = {
        "access": access, "form": form, "kpi": base, "read": list(read.values()),
        "people": people_of(access.brand), "letters": letters_of(book.examine(draft)),
        "seen": request.POST.get("seen", "") if form.is_bound else version_mark(base),
        "goal_names": goal_names(book), **_describe_steps(draft, form.data if form.is_bound else None),
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "plan/builder.html", about, status=status)


@page("plan")
@require_POST
def show_letters(request: HttpRequest, access: Access) -> HttpResponse:
    """Say letter by letter how good the KPI is as far as it is written."""
    book = Book(access.brand)
    base = book.kpi(request.POST.get("key", ""))
    form = _form(book, base, request.POST)
    form.is_valid()
    draft = form.draft(base, access.brand.currency)
    about = {
        "access": access, "letters": letters_of(book.examine(draft)), "form": form,
        **_describe_steps(draft, request.POST), "swap_steps": _needs_steps(draft, request.POST),
    }  # fmt: skip
    return render(request, "plan/parts/letters.html", about)


def _describe_steps(draft: Kpi, posted: Mapping[str, str] | None) -> dict[str, Any]:
    return {"steps": rows_of(draft, posted), "path": draft.path, "by_hand": BY_HAND}


def _needs_steps(draft: Kpi, posted: Mapping[str, str]) -> bool:
    """Whether the lines of the path in the browser are not those the draft wants.

    Lines that stand there already are left alone, so that nobody loses the one they type in.
    """
    shown = {name for name in posted if name.startswith(("month.", "step."))}
    wanted = {row.key for row in rows_of(draft)}
    if draft.path == "stepped":
        return not any(name.startswith("step.") for name in shown)
    return wanted != shown


def letters_of(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return a diagnosis as the panel beside the form shows it."""
    shown = [(x, capital(x.name), _state(x), _findings(x.findings)) for x in diagnosis.letters]
    other = [f for f in diagnosis.findings if f.letter is None and f.kpi is not None]
    return {
        "letters": shown,
        "other": _findings(tuple(other)),
        "holds": sum(x.holds for x in diagnosis.letters),
        "is_blocked": diagnosis.is_blocked,
    }


def _state(letter: SmartLetter) -> str:
    if letter.holds:
        return "holds"
    return "blocks" if any(f.level == "stop" for f in letter.findings) else "fails"


def _findings(found: tuple[Any, ...]) -> list[tuple[Any, Any]]:
    return [(level_of(f), f) for f in found]


def goal_names(book: Book) -> list[str]:
    """Return the goals a KPI may name: those written down, and those other KPIs name."""
    kept = book.keep(
        "goal names", book.batches,
        lambda: [r["name"] for r in read_facts(book.engine.view, book.brand.slug, "goals")],
    )  # fmt: skip
    return sorted({*(name for name in kept if name), *(k.goal for k in book.alive if k.goal)})


def people_of(brand: Brand) -> list[str]:
    """Return the names of everybody in the brand, for the owner's field."""
    users = User.objects.filter(members__brand=brand) | User.objects.filter(
        seats__workspace=brand.workspace_id, seats__is_owner=True
    )
    return sorted({str(user) for user in users.distinct()})
