"""The one picture that may follow the three A4, as the text of a proposal tells of it.

The text names the picture by the hash of its bytes. So whoever may read the text knows whether
there is one, nobody else does, and the hash of the receipt stands for the picture as well.
"""

from __future__ import annotations

from sir.kernel.i18n import lazy
from sir.proposals.models import PartKind
from sir.proposals.rules.fields import Content, Shortcoming, Step, fields_of
from sir.terms.models import Terms


def picture_of(idea: dict[str, str]) -> str:
    """Give the hash of the picture; empty when there is none."""
    return idea.get("picture", "")


def with_picture(content: Content, digest: str) -> Content:
    """Let the text name this picture instead of the former one."""
    return {**content, PartKind.IDEA.value: {**content[PartKind.IDEA], "picture": digest}}


def without_picture(content: Content) -> Content:
    """Let the text name no picture, and leave out what was said of it."""
    said = {"picture", *(field.key for field in fields_of(Step.PICTURE))}
    idea = {key: text for key, text in content[PartKind.IDEA].items() if key not in said}
    return {**content, PartKind.IDEA.value: idea}


def picture_faults(content: Content, terms: Terms) -> list[Shortcoming]:
    """List what a picture lacks; a proposal without one lacks nothing."""
    idea = content[PartKind.IDEA]
    found = []
    if not picture_of(idea):
        if idea.get("picture_alt") or idea.get("picture_caption"):
            sentence = lazy("You describe a picture, but there is none. Choose one or empty this.")
            found.append(Shortcoming(Step.PICTURE, "picture_alt", sentence))
        return found
    if not idea.get("picture_alt"):
        sentence = lazy("Say in words what the picture shows, for who cannot see it.")
        found.append(Shortcoming(Step.PICTURE, "picture_alt", sentence))
    if terms.is_blind and not idea.get("picture_unnamed"):
        sentence = lazy("Look whether the picture tells who you are, and tick that it does not.")
        found.append(Shortcoming(Step.PICTURE, "picture_unnamed", sentence))
    return found
