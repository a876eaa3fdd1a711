"""The pages of a challenge: public, for its writers, its team and its reviewers."""

from sir.challenges.views import public, recipes, review, team, write
from sir.challenges.views.base import bp
from sir.challenges.views.recipes import library

__all__ = ["bp", "library", "public", "recipes", "review", "team", "write"]
