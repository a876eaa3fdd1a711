"""Who may do what, in words: rendered from the very table that decides."""

from __future__ import annotations

import re
from typing import Any

from sir.kernel.i18n import _, lazy
from sir.permissions import PERMISSIONS

ROOMS: dict[str, Any] = {
    "page": lazy("General pages"),
    "person": lazy("Accounts"),
    "organisation": lazy("Organisations"),
    "invitation": lazy("Invitations"),
    "house": lazy("The platform"),
    "desk": lazy("My desk"),
    "challenge": lazy("Challenges"),
    "call": lazy("Calls of several challenges"),
    "outcome": lazy("The outcome of a call"),
    "journal": lazy("Journal"),
    "recipe": lazy("Recipes for judging"),
    "question": lazy("Questions"),
    "proposal": lazy("Proposals"),
    "opening": lazy("Opening of the vault"),
    "jury": lazy("Jury"),
    "assignment": lazy("Division of the proposals"),
    "seat": lazy("Seats on the jury"),
    "declaration": lazy("Declared ties"),
    "candidate": lazy("Candidates for a jury"),
    "calibration": lazy("Calibration on an example"),
    "register": lazy("Registers of interests"),
    "interest": lazy("Ties in a register"),
    "sheet": lazy("Score sheets"),
    "advice": lazy("Advice to the jury"),
    "consensus": lazy("Consensus"),
    "inquiry": lazy("Written questions of the jury"),
    "ranking": lazy("Ranking"),
    "lot": lazy("The lot between equals"),
    "simulation": lazy("Trying a plan out"),
    "sensitivity": lazy("How firm an outcome is"),
    "report": lazy("Report of the jury"),
    "price": lazy("The prices"),
    "round": lazy("Rounds of judging"),
    "pitch": lazy("The pitches"),
    "schedule": lazy("The schedule of the pitches"),
    "diagnosis": lazy("Diagnosis of the scores"),
    "decision": lazy("Decision"),
    "letter": lazy("Letters to bidders"),
    "residency": lazy("Residencies"),
}

ACTS: dict[str, Any] = {
    "accept": lazy("accept"),
    "account": lazy("keep one's own account"),
    "act": lazy("open"),
    "administer": lazy("administer"),
    "advise": lazy("advise"),
    "agree": lazy("agree"),
    "answer": lazy("answer"),
    "answer_withdrawal": lazy("confirm or refuse a withdrawal"),
    "approve": lazy("approve"),
    "ask": lazy("ask"),
    "award": lazy("award"),
    "bid": lazy("start a proposal"),
    "cancel": lazy("cancel"),
    "check": lazy("look at ties"),
    "create": lazy("make"),
    "declare": lazy("declare one's ties"),
    "edit": lazy("write"),
    "exclude": lazy("set aside"),
    "factor": lazy("set up a second factor"),
    "group": lazy("put in a call"),
    "join": lazy("begin to take part"),
    "keep": lazy("keep one's own"),
    "list": lazy("find"),
    "make": lazy("make"),
    "manage": lazy("manage"),
    "measure": lazy("decide on it"),
    "open": lazy("open"),
    "order": lazy("put one's own entries in order"),
    "overview": lazy("follow where each one stands"),
    "prepare": lazy("prepare"),
    "progress": lazy("follow how far it is"),
    "propose_withdrawal": lazy("propose to withdraw"),
    "publish": lazy("publish"),
    "plan": lazy("plan"),
    "read": lazy("read"),
    "record": lazy("record"),
    "readmit": lazy("take in after all"),
    "register": lazy("register"),
    "release": lazy("send the letters"),
    "report": lazy("report on milestones"),
    "run": lazy("lead"),
    "review": lazy("review"),
    "score": lazy("score"),
    "sign": lazy("sign"),
    "sign_in": lazy("sign in"),
    "sign_out": lazy("sign out"),
    "staff": lazy("compose the team"),
    "strike": lazy("strike out"),
    "submit": lazy("hand in"),
    "suspend": lazy("suspend and resume"),
    "vault": lazy("read what happened in the vault"),
    "withdraw": lazy("withdraw"),
}

WHO: dict[str, Any] = {
    "adviser of the jury": lazy("adviser of the jury"),
    "anyone": lazy("anyone"),
    "approver of the challenge": lazy("approver of the challenge"),
    "auditor of the public body": lazy("auditor of the public body"),
    "chair of the jury": lazy("chair of the jury"),
    "challenge owner": lazy("challenge owner"),
    "challenge owner of a public body": lazy("challenge owner of a public body"),
    "challenge owner, procurement officer, programme manager of a partner body": lazy(
        "challenge owner, procurement officer, programme manager of a partner body"
    ),
    "integrity officer of the public body": lazy("integrity officer of the public body"),
    "juror": lazy("juror"),
    "jury secretary": lazy("jury secretary"),
    "member of a startup": lazy("member of a startup"),
    "member of the bidder": lazy("member of the bidder"),
    "member of the organisation": lazy("member of the organisation"),
    "the adviser whose advice it is": lazy("the adviser whose advice it is"),
    "once handed in": lazy("once handed in"),
    "unless it was set aside": lazy("unless it was set aside"),
    "who was not kept from the proposal": lazy("who was not kept from the proposal"),
    "once over": lazy("once awarded or cancelled"),
    "once opened": lazy("once opened"),
    "once published": lazy("once published"),
    "once the prices are open": lazy("once the prices are open"),
    "unless prices are sealed anew": lazy("unless prices are sealed anew"),
    "price assessor of the challenge": lazy("price assessor of the challenge"),
    "once ranked": lazy("once ranked"),
    "once the jury has signed": lazy("once the jury has signed"),
    "once the jury confers": lazy("once the jury confers"),
    "once the vault is open": lazy("once the vault is open"),
    "once the outcome is recorded": lazy("once the outcome is recorded"),
    "once the letters are out": lazy("once the letters are out"),
    "organisation admin of the public body": lazy("organisation admin of the public body"),
    "platform admin": lazy("platform admin"),
    "procurement officer of the challenge": lazy("procurement officer of the challenge"),
    "procurement officer of a challenge in the call": lazy(
        "procurement officer of a challenge in the call"
    ),
    "programme manager of a public body": lazy("programme manager of a public body"),
    "programme manager of the public body": lazy("programme manager of the public body"),
    "reserve juror": lazy("reserve juror"),
    "the juror whose sheet it is": lazy("the juror whose sheet it is"),
    "until published": lazy("until published"),
    "where no integrity officer was appointed": lazy("where no integrity officer was appointed"),
    "whoever's register it is in": lazy("whoever's register it is in"),
    "who looks after the organisation": lazy("who looks after the organisation"),
    "whoever asked": lazy("whoever asked"),
    "whoever has no role anywhere yet": lazy("whoever has no role anywhere yet"),
    "whoever is signed in": lazy("whoever is signed in"),
    "whoever sits in the seat": lazy("whoever sits in the seat"),
    "whoever works for a public body": lazy("whoever works for a public body"),
    "whoever the invitation is for": lazy("whoever the invitation is for"),
    "whoever the seat was offered to": lazy("whoever the seat was offered to"),
}

_JOINT = re.compile(r"( or | and |[()])")


def spoken(rule: str) -> str:
    """Say a rule of the table in the reader's language; an unknown word stays as it is."""
    joints = {" or ": _("or"), " and ": _("and")}
    return "".join(
        f" {joints[part]} " if part in joints else str(WHO.get(part, part))
        for part in _JOINT.split(rule)
    )


def rights() -> list[tuple[str, list[tuple[str, str]]]]:
    """List, per subject, every act and who may do it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, rule in PERMISSIONS.items():
        noun, _dot, verb = name.partition(".")
        found.setdefault(noun, []).append((str(ACTS.get(verb, verb)), spoken(str(rule))))
    return [(str(ROOMS.get(noun, noun)), rows) for noun, rows in found.items()]
