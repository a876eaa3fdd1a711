"""Pages of calls: for everybody, for whoever leads one, and for a startup's own order."""

from sir.calls.views import leading, ordering, outcomes, public
from sir.calls.views.base import bp

__all__ = ["bp", "leading", "ordering", "outcomes", "public"]
