"""Who may do what: the one table of roles and rights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Role = Literal["viewer", "specialist", "strategist", "manager", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)

ROLE_NAMES: dict[str, Promise] = {
    "viewer": _("Viewer"),
    "specialist": _("Specialist"),
    "strategist": _("Strategist"),
    "manager": _("Manager"),
    "administrator": _("Administrator"),
}
ROLE_MEANINGS: dict[str, Promise] = {
    "viewer": _("Reads and comments. Made for the boss or the client."),
    "specialist": _("Makes and schedules content, answers people, brings in data, does checks."),
    "strategist": _("Plans goals, KPIs and strategies, follows the market."),
    "manager": _("Owns targets and budgets, sees who did what."),
    "administrator": _("Looks after people, settings and connections, and may do everything."),
}

_ALL = frozenset(ROLES)
_TEAM = _ALL - {"viewer"}
_PLANNERS = frozenset({"strategist", "manager", "administrator"})
_OWNERS = frozenset({"manager", "administrator"})
_KEEPERS = frozenset({"administrator"})

RIGHTS: dict[str, frozenset[str]] = {
    "see": _ALL,
    "comment": _ALL,
    "check": _TEAM,  # do a due check and record the decision
    "work": _TEAM,  # content, answers, campaigns, incidents, tasks
    "bring": _TEAM,  # import data, type in numbers
    "export": _TEAM,
    "share": _TEAM,
    "plan": _PLANNERS,  # goals, strategies, KPIs
    "promise": _OWNERS | {"strategist"},  # targets
    "spend": _OWNERS,  # budgets
    "audit": _OWNERS,
    "persons": _OWNERS,  # what is held of one person: found, handed out, erased
    "manage": _KEEPERS,  # settings, people, connections, tokens
    "delete": _KEEPERS,
}

SCOPE_NAMES: dict[str, Promise] = {
    "read": _("Read figures and pages"),
    "write": _("Bring in data and work"),
    "plan": _("Plan goals, KPIs and targets"),
    "manage": _("Manage settings and people"),
}
SCOPES: dict[str, frozenset[str]] = {
    "read": frozenset({"see", "export"}),
    "write": frozenset({"see", "comment", "check", "work", "bring", "share"}),
    "plan": frozenset({"see", "plan", "promise", "spend"}),
    "manage": frozenset({"see", "audit", "manage", "persons"}),
}


def rights_of(roles: Iterable[str]) -> frozenset[str]:
    """Return everything that somebody with these roles may do."""
    held = set(roles)
    return frozenset(right for right, needed in RIGHTS.items() if needed & held)


def rights_in(scopes: Iterable[str]) -> frozenset[str]:
    """Return everything that a token with these scopes may do at most."""
    return frozenset().union(*(SCOPES.get(scope, frozenset()) for scope in scopes))


def roles_with(right: str) -> list[Promise]:
    """Return the names of the roles that hold a right, in the order of the table."""
    return [ROLE_NAMES[role] for role in ROLES if role in RIGHTS[right]]
