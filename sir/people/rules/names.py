"""What roles, kinds and languages are called on screen and in letters."""

from __future__ import annotations

from sir.kernel.i18n import lazy
from sir.people.models import OrganisationKind, Role

ROLE_NAMES = {
    Role.OWNER: lazy("Challenge owner"),
    Role.OFFICER: lazy("Procurement officer"),
    Role.APPROVER: lazy("Approver"),
    Role.SECRETARY: lazy("Jury secretary"),
    Role.PRICE_ASSESSOR: lazy("Price assessor"),
    Role.PROGRAMME_MANAGER: lazy("Programme manager"),
    Role.AUDITOR: lazy("Auditor"),
    Role.INTEGRITY_OFFICER: lazy("Integrity officer"),
    Role.ORG_ADMIN: lazy("Administrator of the organisation"),
    Role.STARTUP_MEMBER: lazy("Member of the startup"),
    Role.STARTUP_ADMIN: lazy("Administrator of the startup"),
    Role.CHAIR: lazy("Chair of the jury"),
    Role.JUROR: lazy("Juror"),
    Role.RESERVE: lazy("Reserve juror"),
    Role.ADVISER: lazy("Adviser of the jury"),
}

ROLE_HELP = {
    Role.OWNER: lazy("Writes the challenge and guides the startup afterwards."),
    Role.OFFICER: lazy("Guards the rules, publishes, answers questions and opens proposals."),
    Role.APPROVER: lazy("Approves the challenge and the decision. Never the author of it."),
    Role.SECRETARY: lazy("Organises the jury. Gives no scores."),
    Role.PRICE_ASSESSOR: lazy(
        "Opens the prices with a colleague once the scores are fixed. Never scores."
    ),
    Role.PROGRAMME_MANAGER: lazy("Follows all challenges of the organisation."),
    Role.AUDITOR: lazy("Reads the journal and the files after the award. Changes nothing."),
    Role.INTEGRITY_OFFICER: lazy("Judges possible conflicts of interest."),
    Role.ORG_ADMIN: lazy("Invites colleagues and gives and takes roles."),
    Role.STARTUP_MEMBER: lazy("Writes proposals, hands them in and reads the letters."),
    Role.STARTUP_ADMIN: lazy("Invites colleagues and gives and takes roles."),
}

KIND_NAMES = {
    OrganisationKind.MINISTRY: lazy("Ministry"),
    OrganisationKind.PROVINCE: lazy("Province"),
    OrganisationKind.MUNICIPALITY: lazy("Municipality"),
    OrganisationKind.STARTUP: lazy("Startup"),
}

LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English"}
