"""Comments on a thing of a brand, as a part that other pages show, or as a page by itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tolok.base import Text
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.models import Brand, User
from tolok.web.jobs import queue
from tolok.web.sharing import shared_kinds

from .forms import CommentForm
from .models import Comment, ShareLink

SAID = Text("{who} commented on {name}", "{who} mengomentari {name}")


def comments_on(brand: Brand, kind: str, thing: str) -> list[Comment]:
    """Return the comments on a thing, oldest first."""
    mine = Comment.objects.filter(brand=brand, kind=kind, thing=thing, removed_at=None)
    return list(mine.select_related("link", "user"))


def add_comment(
    brand: Brand, *, kind: str, thing: str, text: str, name: str,
    user: User | None = None, link: ShareLink | None = None,
) -> Comment:  # fmt: skip
    """Keep a comment and tell those who want to know."""
    comment = Comment.objects.create(
        brand=brand, kind=kind, thing=thing, text=text[:2000], name=name[:120], user=user, link=link
    )
    shown = shared_kinds()[kind]
    title = Text(*(SAID.say(x, who=comment.name, name=shown.name_of(brand, thing) or thing)
                   for x in ("en", "id")))  # type: ignore[arg-type]  # fmt: skip
    queue.enqueue(
        "share.tell",
        {
            "event": "comment", "key": f"comment:{comment.pk}", "path": shown.path_of(brand, thing),
            "title": {"en": title.en, "id": title.id},
            "text": {"en": comment.text, "id": comment.text},
        },
        brand_id=brand.pk,
    )  # fmt: skip
    return comment


@page("comment")
def show_comments(request: HttpRequest, access: Access, kind: str, thing: str) -> HttpResponse:
    """Show the comments on a thing; add one."""
    shown = shared_kinds().get(kind)
    name = shown.name_of(access.brand, thing) if shown else None
    if shown is None or name is None:
        raise Http404
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_comment(
            access.brand, kind=kind, thing=thing, text=form.cleaned_data["text"],
            name=str(access.user), user=access.user,
        )  # fmt: skip
        audit.record(request, "commented", brand=access.brand, thing=name)
        return redirect("share:comments", access.brand.slug, kind, thing)
    about = {
        "access": access, "form": form, "kind": kind, "thing": thing, "name": name,
        "comments": comments_on(access.brand, kind, thing),
        "path": shown.path_of(access.brand, thing),
    }  # fmt: skip
    is_part = bool(getattr(request, "htmx", False))
    template = "share/parts/comments.html" if is_part else "share/comments.html"
    return render(request, template, about, status=422 if form.errors else 200)


@page("comment")
@require_POST
def remove(request: HttpRequest, access: Access, comment: int) -> HttpResponse:
    """Take away a comment of one's own; whoever manages the brand may take away any."""
    row = remove_comment(request, access, comment)
    return redirect("share:comments", access.brand.slug, row.kind, row.thing)


def remove_comment(request: HttpRequest, access: Access, comment: int) -> Comment:
    """Take a comment away and return it; 404 unless it is one's own or one manages the brand."""
    row = get_object_or_404(Comment, pk=comment, brand=access.brand, removed_at=None)
    if row.user_id != access.user.pk and not access.may("manage"):
        raise Http404
    Comment.objects.filter(pk=row.pk).update(removed_at=timezone.now())
    audit.record(request, "removed_comment", brand=access.brand, comment=row.pk)
    return row
