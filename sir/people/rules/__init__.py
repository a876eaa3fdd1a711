"""What is true of people: who they are to the table, and what their secrets must look like."""

from sir.people.rules.standing import GOVERNMENT_ROLES, PARTNER_ROLES, STRANGER, Standing

__all__ = ["GOVERNMENT_ROLES", "PARTNER_ROLES", "STRANGER", "Standing"]
