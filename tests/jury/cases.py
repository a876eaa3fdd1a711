"""The worked examples of the jury's arithmetic, and ways to write a round down quickly."""

from decimal import Decimal

from sir.jury.rules.plan import Criterion, Method, Plan, Scores

WEIGHTS = {"K1": "40", "K2": "25", "K3": "20", "K4": "15"}
SCALE = tuple(Decimal(level) for level in (0, 2, 4, 6, 8, 10))
# Three jurors' levels on K1 to K4.
P1 = [[8, 6, 6, 8], [8, 8, 6, 6], [6, 6, 8, 8]]
P2 = [[6, 8, 8, 10], [8, 8, 8, 8], [6, 10, 8, 8]]
P3 = [[10, 4, 4, 6], [8, 4, 6, 6], [10, 6, 4, 4]]
A = [[8, 4, 6, 8], [8, 2, 10, 2], [8, 6, 2, 8]]
B = [[10, 6, 0, 8], [10, 10, 4, 10], [6, 4, 0, 0]]


def plan(weights=WEIGHTS, *, maximum=10, minima=None, scale=SCALE, method=Method.MEAN, **rules):
    criteria = tuple(
        Criterion(key, Decimal(weight), Decimal(maximum), (minima or {}).get(key))
        for key, weight in weights.items()
    )
    return Plan(criteria, scale, method, **rules)


def scores(consensus=None, **rows):
    """Write sheets as rows of levels, one row a juror."""
    seats = tuple(f"J{n}" for n in range(1, 1 + max(len(given) for given in rows.values())))
    sheets = {
        proposal: {
            seat: {f"K{k}": Decimal(str(level)) for k, level in enumerate(levels, 1)}
            for seat, levels in zip(seats, given, strict=False)
        }
        for proposal, given in rows.items()
    }
    agreed = consensus and {
        proposal: {f"K{k}": Decimal(str(level)) for k, level in enumerate(levels, 1)}
        for proposal, levels in consensus.items()
    }
    return Scores(seats, sheets, agreed)


def totals(*given):
    """A plan with one criterion out of 100 and one juror who gave these totals."""
    rows = {f"P{n}": [[total]] for n, total in enumerate(given, 1)}
    return scores(**rows)


def plan_of_totals(**rules):
    return plan({"K1": "100"}, maximum=100, scale=None, **rules)
