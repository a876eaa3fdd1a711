"""Pages for people: coming in, an account, a second factor, organisations, and the house's own."""

from sir.people.views import account, entry, factor, house, kept, lost_factor, organisations
from sir.people.views.door import bp

__all__ = ["account", "bp", "entry", "factor", "house", "kept", "lost_factor", "organisations"]
