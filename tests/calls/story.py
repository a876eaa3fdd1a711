"""A call with its challenges, told as far as each test needs."""

from flask import current_app

from sir.calls.services import order_entries
from sir.challenges.models import Call, ChallengeState
from sir.kernel.database import db
from sir.people.models import Role
from sir.terms.models import Terms
from tests.decisions.story import judged
from tests.makers import (
    NOON,
    make_challenge,
    make_founder,
    make_member,
    make_organisation,
    make_proposal,
    make_startup,
    number,
    save,
)

BEST, GOOD, FAIR, POOR = (
    ["10", "10", "10", "10"],
    ["8", "8", "8", "8"],
    ["6", "6", "6", "6"],
    ["4", "4", "4", "4"],
)
POINTS = [BEST, GOOD, FAIR, POOR]


def vault():
    return current_app.extensions["sir.vault"]


def make_call(**given):
    """A public call in which a startup wins once, unless told otherwise."""
    buyer = given.pop("buyer", None) or make_organisation(name="Regio Lindehaven")
    return save(
        Call(
            **{
                "code": f"CALL{next(number)}",
                "buyer": buyer,
                "name": "Oproep 2027",
                "name_en": "Call 2027",
                "is_one_win": True,
                "created_at": NOON,
                "created_by_id": make_member(Role.PROGRAMME_MANAGER, buyer).id,
                "published_at": NOON,
            }
            | given
        )
    )


class CallStory:
    """Challenges by title, each ranked in the order that is given, of startups they share."""

    def __init__(self, rankings, *, places=None, **given):
        self.call = make_call(**given)
        self.manager = make_member(Role.PROGRAMME_MANAGER, self.call.buyer)
        names = sorted({name for order in rankings.values() for name in order})
        self.known = {}
        for name in names:
            startup = make_startup(name=name)
            self.known[name] = (startup, make_founder(startup))
        self.stories = {
            title: judged(
                dict(zip(order, POINTS, strict=False)),
                places=(places or {}).get(title, 1),
                late=False,
                title=title,
                known=self.known,
                call=self.call,
            )
            for title, order in rankings.items()
        }
        db.session.expire(self.call, ["challenges"])

    def challenge(self, title):
        return self.stories[title].challenge

    def startup(self, name):
        return self.known[name][0]

    def wants(self, name, *titles, version=0):
        startup, founder = self.known[name]
        codes = [self.challenge(title).code for title in titles]
        return order_entries(
            self.call, startup, codes, version=version, by=founder, at=NOON, vault=vault()
        )

    def told(self, wins):
        """An outcome in names: title -> winners."""
        titles = {story.challenge.code: title for title, story in self.stories.items()}
        names = {startup.code: name for name, (startup, _founder) in self.known.items()}
        found = {}
        for startup, code in sorted(wins.items(), key=lambda row: names[row[0]]):
            found.setdefault(titles[code], []).append(names[startup])
        return found


def entered(*titles, state=ChallengeState.PUBLISHED, **given):
    """A startup with a draft in every challenge of a call: (call, startup, founder, proposals)."""
    call = make_call(**given)
    startup = make_startup(name="Helder BV")
    founder = make_founder(startup)
    proposals = [
        make_proposal(
            challenge=make_challenge(call=call, terms=save(Terms(title=title)), state=state),
            bidder=startup,
        )
        for title in titles
    ]
    db.session.expire(call, ["challenges"])
    return call, startup, founder, proposals
