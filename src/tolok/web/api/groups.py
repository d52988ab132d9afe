"""The groups of operations on the reference page, in their order, and words they share."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUPS: Mapping[str, tuple[Promise, Promise]] = {
    "brands": (_("Brands"), _("Which there are, a new one, its logo.")),
    "people": (
        _("People and settings"),
        _("Settings, members, invitations, who did what, everything as an archive."),
    ),
    "imports": (
        _("Bringing in files"),
        _("Send an export, answer what it asks, name the columns of your own tables."),
    ),
    "data": (_("What is in"), _("Accounts, covered months, files, your own numbers.")),
    "records": (_("Own records"), _("Slots, costs, partnerships and whatever else you note.")),
    "persons": (_("Data of a person"), _("Find it, hand it out, erase it.")),
    "metrics": (_("Metrics"), _("The catalogue, with meaning and formula.")),
    "figures": (_("Figures"), _("The scorecard, any figure, and what it is made of.")),
    "insights": (
        _("Notes, views and competitors"),
        _("All brands at a glance, notes on the time axis, saved views."),
    ),
    "kpis": (_("KPIs"), _("Proposals, the doctor, reading and writing KPIs, checks.")),
    "work": (
        _("Work around KPIs"),
        _("Claims, activities, reviews, learning, the calendar, findings."),
    ),
    "strategy": (_("Goals and strategies"), _("With their tactics and how well they are aligned.")),
    "budget": (_("Budget"), _("What is planned, spent and expected.")),
    "reports": (_("Reports"), _("Files, readers, editions and their copies.")),
    "share": (_("Sharing"), _("Links that show one page, and comments.")),
    "notices": (_("Notices"), _("Channels, signed webhooks among them.")),
}
COMMON: Mapping[str, Promise] = {
    "limit": _("how many at most"),
    "offset": _("how many to leave out before"),
    "version": _("the version you read; a newer one is not overwritten"),
    "period": _("such as 2026-10, 2026-Q3 or last-month"),
    "Idempotency-Key": _("its repeat within a day gets the first answer again"),
}
ERRORS: Mapping[int, Promise] = {
    400: _("What was asked cannot be done; the message says why."),
    401: _("No valid token came along."),
    403: _("The token, or the person it stands for, lacks the right."),
    404: _("The brand, or the thing named, is not there for this token."),
    409: _("Somebody else changed it meanwhile, or it is not in a state for this."),
    422: _("A field is missing or wrong; the message names it."),
    429: _("More calls came than a minute allows; Retry-After says how long to wait."),
}
RULES: tuple[tuple[Promise, Promise], ...] = (
    (_("Token"), _("Reaches one brand, several or a whole workspace, with scopes; in each brand it never may more than its maker there. Send it as Authorization: Bearer tlk_…")),
    (_("Lists"), _("Take limit and offset, and tell how many there are as count.")),
    (_("Repeats"), _("A request that changes something may carry an Idempotency-Key: its repeat within a day does nothing twice.")),
    (_("Limits"), _("RateLimit-Limit, -Remaining and -Reset tell how many calls are left in this minute.")),
    (_("Errors"), _("Have one form, with a code, a message and a hint, in the words of the screens and the language of Accept-Language.")),
    (_("Webhooks"), _("Carry Tolok-Signature: t=<seconds>,v1=<HMAC-SHA256 of seconds.body>, with the key a channel tells as signed_with.")),
    (_("Unknown figures"), _("Are null with their reason, never 0.")),
)  # fmt: skip
