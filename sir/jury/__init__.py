"""The jury room: seats, conflicts, sheets, consensus, ranking and report.

Words: seat, declaration, sheet, level, consensus, ranking.

- Alone first, sealed from each other; then together, one level and one reason per criterion.
- During `individual` nothing a juror receives holds another's score, count, average or order.
- Nobody reads before somebody cleared their seat of ties, match or no match: so waiting tells
  nothing. That is the integrity officer of the public body; where none was appointed, the
  procurement officer of the challenge.
- The jury that was announced is the jury that scores: a missing seat blocks the ranking
  (Rb. Amsterdam 2022, GVB).
- A ranking is an immutable snapshot with the hash of the plan and of its inputs, computed by
  the very engine behind `flask sir rank`.
- A seat belongs to a function; who sits in it may change before consensus, the function may not.
"""
