"""What visitors ask of the measured house, each in their own session."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, session
from flask_login import login_user
from flask_wtf.csrf import generate_csrf

from bench.server import Ask, Asks
from bench.texts import REASON, content_of
from bench.world import World
from sir.people.queries import sign_in_by_token
from sir.proposals.rules import Step, fields_of
from sir.web.gate import SignedIn, now
from sir.workflows.rules import STANDARD_CRITERIA

AGENT = "bench"
CRITERIA = [f"K{n}" for n in range(1, len(STANDARD_CRITERIA) + 1)]


@dataclass(frozen=True)
class Session:
    """A browser that is signed in: its cookie, and the token its forms carry."""

    cookie: str
    token: str

    def look(self, path: str) -> Ask:
        """Ask for a page."""
        return Ask(path, headers={"Cookie": self.cookie, "User-Agent": AGENT})

    def send(self, path: str, fields: dict[str, str], method: str = "POST", **extra: str) -> Ask:
        """Send a form."""
        return Ask(
            path,
            method,
            urlencode({"csrf_token": self.token, **fields}).encode(),
            {
                "Cookie": self.cookie,
                "User-Agent": AGENT,
                "Content-Type": "application/x-www-form-urlencoded",
                **extra,
            },
        )


def sign_in(app: Flask, token: str) -> Session:
    """Make the cookie that the house itself gives to whoever holds this session."""
    here = {"headers": {"User-Agent": AGENT}, "environ_base": {"REMOTE_ADDR": "127.0.0.1"}}
    with app.app_context(), app.test_request_context(**here):
        found = sign_in_by_token(token, now())
        assert found is not None, token
        login_user(SignedIn(token, found))
        form_token = generate_csrf()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        name = app.config["SESSION_COOKIE_NAME"]
        return Session(f"{name}={signer.dumps(dict(session))}", form_token)


@dataclass(frozen=True)
class Visit:
    """One thing that is measured: by its name, what is asked, and the answer it must have."""

    name: str
    asks: Asks
    status: int = 200
    count: int = 0  # how often it can be asked; 0 is as often as you like


def always(ask: Ask) -> Asks:
    """Ask the same thing every time."""
    return lambda _number: ask


def visits(app: Flask, world: World) -> list[Visit]:
    """List everything that is measured in one house."""
    juror, judge, founder, secretary = (
        sign_in(app, world.sessions[name]) for name in ("juror", "judge", "founder", "secretary")
    )
    judged, open_ = f"/challenges/{world.judged_code}", f"/challenges/{world.open_code}"
    proposal = f"/proposals/{world.founder[0]}"
    looks = {
        "public list": Ask("/challenges/"),
        "challenge": Ask(open_),
        "juror's list": juror.look(f"{judged}/jury"),
        "score sheet": juror.look(f"/sheets/{world.sheet_code}"),
        "juror's grid": juror.look(f"/rounds/{world.round_code}/grid"),
        "ranking of 25": judge.look(f"/rankings/{world.ranking_code}"),
        "progress": secretary.look(f"/rounds/{world.round_code}/progress"),
        "progress per proposal": secretary.look(f"/rounds/{world.round_code}/progress/proposals"),
        "secretary's jury room": secretary.look(f"{judged}/jury"),
        "secretary's desk": secretary.look("/desk"),
        "opening": secretary.look(f"{open_}/opening"),
        "founder's desk": founder.look("/desk"),
        "own proposal": founder.look(proposal),
        "proposal form": founder.look(f"{proposal}/edit/{Step.IDEA}"),
    }
    found = [Visit(name, always(ask)) for name, ask in looks.items()]
    found += [_autosave(juror, world), _meter(founder, proposal)]
    if world.drafts:
        found.append(_submit(app, world))
    return found


def _autosave(juror: Session, world: World) -> Visit:
    """Save a reason while typing: each time on the version after the last, with other words."""

    def ask(number: int) -> Ask:
        fields = {f"reason_{CRITERIA[number % len(CRITERIA)]}": f"{REASON} Versie {number}."}
        guards = {
            "X-Autosave": "1",
            "If-Match": f'"v{number + 1}"',
            "Idempotency-Key": f"bench-autosave-{number:08d}",
        }
        return juror.send(f"/sheets/{world.blank_code}", fields, "PATCH", **guards)

    return Visit("autosave", ask)


def _meter(founder: Session, proposal: str) -> Visit:
    """Measure a page while it is typed: each time other words."""

    def ask(number: int) -> Ask:
        idea = content_of(number)["idea"]
        fields = {field.key: idea.get(field.key, "") for field in fields_of(Step.IDEA)}
        fields["solution"] = f"{number} {fields.get('solution', '')}"
        path = f"{proposal}/meter/{Step.IDEA}"
        return founder.send(path, {"version": "0", **fields}, **{"X-Meter": "1"})

    return Visit("page meter", ask)


def _submit(app: Flask, world: World) -> Visit:
    """Hand in: each time another founder, whose draft is complete."""
    sessions = [sign_in(app, token) for _code, token in world.drafts]

    def ask(number: int) -> Ask:
        code, _token = world.drafts[number]
        fields = {"version": "1", "has_declared": "y"}
        return sessions[number].send(f"/proposals/{code}/submit", fields)

    return Visit("submit", ask, 302, count=len(sessions))
