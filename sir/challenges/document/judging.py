"""How the jury will judge, in sentences: printed in the three pages and shown on the page."""

from __future__ import annotations

from sir.challenges.document.words import criterion_words, euro_words, plain
from sir.challenges.models import Call, Challenge
from sir.kernel.i18n import _, lazy
from sir.workflows.models import Anonymity, Method, PitchKind, Plan, PriceFormula

PRINTED_DECIMALS = 2  # what is printed only when it differs

ANONYMITY = {
    Anonymity.UNTIL_DECISION: lazy("The jury reads without names until the decision."),
    Anonymity.UNTIL_QUALITY_LOCK: lazy("The jury reads without names until its scores are fixed."),
    Anonymity.OPEN: lazy("The jury sees the names of the bidders."),
}
METHODS = {
    Method.CONSENSUS: lazy("Each criterion gets one score that the jury agrees on."),
    Method.MEAN: lazy("Each criterion gets the average of the jurors' scores."),
}
PITCHES = {
    PitchKind.CLARIFY: lazy("A pitch explains; the scores on paper stay as they are."),
    PitchKind.RESCORE: lazy("After the pitches jurors may change their scores, with a reason."),
}


def method_sentences(plan: Plan, lang: str) -> list[str]:
    """Say how scores become a ranking."""
    sentences = [str(METHODS[plan.method])]
    if plan.readers is not None:
        sentences.append(
            _(
                "In the first round each proposal is read by %(count)d jurors, drawn without regard"
                " to the bidder.",
                count=plan.readers,
            )
        )
    if plan.decimals != PRINTED_DECIMALS:
        sentences.append(_("Scores have %(count)d decimals.", count=plan.decimals))
    if plan.minimum_total is not None:
        points = plain(plan.minimum_total, lang)
        sentences.append(_("The total must be at least %(points)s of 100.", points=points))
    names = {row.key: criterion_words(row, lang)[0] for row in plan.criteria}
    sentences += [
        _(
            "“%(name)s” must score at least %(points)s.",
            name=names[row.key],
            points=plain(row.minimum, lang),
        )
        for row in plan.criteria
        if row.minimum is not None
    ]
    if plan.tie_order:
        order = ", ".join(names.get(str(key), str(key)) for key in plan.tie_order)
        sentences.append(_("Equal totals are decided by: %(order)s.", order=order))
    sentences.append(_("Source of the lot: %(source)s", source=plan.lot_seed))
    return [*sentences, *price_sentences(plan, lang)]


def price_sentences(plan: Plan, lang: str) -> list[str]:
    """Say what the price counts for and how it becomes points (F7); nothing without a price."""
    if plan.price_weight is None:
        return []
    words = {
        "weight": plain(plan.price_weight, lang),
        "floor": euro_words(plan.price_floor, lang),
        "ceiling": euro_words(plan.price_ceiling, lang),
    }
    formulas = {
        PriceFormula.ABSOLUTE: lazy(
            "The price counts for %(weight)s%%. %(floor)s or less, excluding VAT, gets all those"
            " points, %(ceiling)s or more gets none, and a price in between gets points in"
            " proportion.",
            **words,
        ),
        PriceFormula.RELATIVE: lazy(
            "The price counts for %(weight)s%%. The lowest price, excluding VAT, gets all those"
            " points; another price gets the part that the lowest is of it.",
            **words,
        ),
    }
    sentences = [str(formulas[plan.price_formula])]
    if plan.no_new_ranking:
        sentences.append(
            _("When a proposal drops out, the points of the others stay what they were.")
        )
    sentences.append(_("Prices stay sealed until the scores of the jury are fixed."))
    return sentences


def jury_sentences(plan: Plan) -> list[str]:
    """Say who judges, and what they see."""
    functions = ", ".join(str(function) for function in plan.composition)
    sentences = [
        _("%(count)d jurors: %(functions)s.", count=plan.seat_count, functions=functions),
        str(ANONYMITY[plan.anonymity]),
    ]
    if plan.anonymity is Anonymity.OPEN and plan.anonymity_reason:
        sentences.append(plan.anonymity_reason)
    if plan.qualification:
        sentences.append(
            _("At least a third of the jury has: %(what)s.", what=plan.qualification.rstrip("."))
        )
    if plan.competence:
        sentences.append(_("Each juror states that they can judge every criterion."))
    if plan.calibration:
        sentences.append(_("The jury first scores one invented proposal to agree on the scale."))
    return sentences


def call_name(call: Call, lang: str) -> str:
    """Name a call in a language; in Dutch where there is no English name."""
    return call.name_en or call.name if lang == "en" else call.name


def call_sentences(challenge: Challenge, lang: str) -> list[str]:
    """Say what holds in the call a challenge belongs to; nothing when it stands alone."""
    call = challenge.call
    if call is None:
        return []
    name = call_name(call, lang)
    if not call.is_one_win:
        return [_("This challenge belongs to the call “%(name)s”.", name=name)]
    return [
        _(
            "In the call “%(name)s” a startup wins at most one challenge. Who stands high enough"
            " in more wins the one it put first itself, before the last deadline of the call;"
            " without an order of its own: the one for which its proposal came in first. The next"
            " in rank then wins the other.",
            name=name,
        )
    ]


def pitch_sentences(challenge: Challenge) -> list[str]:
    """Say who may pitch, how long, and what it is for; nothing when nobody pitches."""
    terms, plan = challenge.terms, challenge.plan
    if not terms.pitch_count:
        return []
    sentences = [
        _(
            "The %(count)d highest are invited: %(minutes)d minutes to pitch and %(questions)d"
            " minutes for questions.",
            count=terms.pitch_count,
            minutes=terms.pitch_minutes,
            questions=terms.pitch_question_minutes,
        )
    ]
    if plan.price_weight is not None:
        sentences.append(_("Who is invited is decided without the price."))
    if plan.pitch in PITCHES:
        sentences.append(str(PITCHES[plan.pitch]))
    if plan.pitch_questions:
        asked = " ".join(str(question) for question in plan.pitch_questions)
        sentences.append(_("Everybody gets these questions: %(questions)s", questions=asked))
    return sentences
