"""Which role fits where, and what a register number looks like."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sir.kernel.i18n import lazy
from sir.people.models import Invitation, OrganisationKind, Role

STARTUP_ROLES = (Role.STARTUP_MEMBER, Role.STARTUP_ADMIN)
PUBLIC_ROLES = (
    Role.OWNER,
    Role.OFFICER,
    Role.APPROVER,
    Role.SECRETARY,
    Role.PRICE_ASSESSOR,
    Role.PROGRAMME_MANAGER,
    Role.INTEGRITY_OFFICER,
    Role.AUDITOR,
    Role.ORG_ADMIN,
)
ADMIN_ROLES = frozenset({Role.ORG_ADMIN, Role.STARTUP_ADMIN})

# Who judges what others did may not do it themselves in the same organisation.
APART = (
    frozenset({Role.AUDITOR, Role.OFFICER}),
    frozenset({Role.AUDITOR, Role.OWNER}),
    frozenset({Role.AUDITOR, Role.APPROVER}),
    frozenset({Role.AUDITOR, Role.SECRETARY}),
    frozenset({Role.AUDITOR, Role.PRICE_ASSESSOR}),
    frozenset({Role.INTEGRITY_OFFICER, Role.SECRETARY}),
    frozenset({Role.INTEGRITY_OFFICER, Role.OFFICER}),
)


def roles_for(kind: OrganisationKind) -> tuple[Role, ...]:
    """List the roles that exist in an organisation of this kind."""
    return STARTUP_ROLES if kind is OrganisationKind.STARTUP else PUBLIC_ROLES


def admin_role_for(kind: OrganisationKind) -> Role:
    """Name the role that looks after an organisation's members."""
    return Role.STARTUP_ADMIN if kind is OrganisationKind.STARTUP else Role.ORG_ADMIN


def role_faults(role: Role, kind: OrganisationKind, held: frozenset[Role]) -> list[Any]:
    """Say why somebody who holds these roles in an organisation may not get this one too."""
    if role not in roles_for(kind):
        if kind is OrganisationKind.STARTUP:
            return [lazy("A startup has members and administrators; it has no government roles.")]
        return [lazy("Startup roles exist in startups only, not in a public body.")]
    if role in held:
        return [lazy("This person has this role already.")]
    if any(role in pair and (pair - {role}) & held for pair in APART):
        return [
            lazy(
                "Who checks the work may not do it too: an auditor or an integrity officer cannot "
                "also be the one whose work they check."
            )
        ]
    return []


def tidy_kvk(text: str) -> str:
    """Give the eight figures of a KvK number as typed with spaces or dots, leading zeros kept."""
    return text.strip().replace(" ", "").replace(".", "")


def is_kvk(text: str) -> bool:
    """Say whether this is a KvK number: exactly eight figures. There is no public check digit."""
    return len(text) == 8 and text.isascii() and text.isdigit()  # noqa: PLR2004


def is_open(invitation: Invitation, at: datetime) -> bool:
    """Say whether an invitation can still be accepted."""
    is_used = invitation.accepted_at is not None or invitation.withdrawn_at is not None
    return not is_used and at < invitation.expires_at
