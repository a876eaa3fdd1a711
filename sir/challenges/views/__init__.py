"""The pages of a challenge: public, for its writers, its team and its reviewers."""

from sir.challenges.views import public, review, team, write
from sir.challenges.views.base import bp

__all__ = ["bp", "public", "review", "team", "write"]
