"""Pages of bidders, and of the officials who open the vault."""

from sir.proposals.views import drafting, envelopes, openings, pictures
from sir.proposals.views.blueprint import bp

__all__ = ["bp", "drafting", "envelopes", "openings", "pictures"]
