"""Challenges: the problem, its dates, its team and its publication.

Words: challenge, buyer, team, edition, phase.

- A state is what people decided and is stored; a phase (open for questions, open for proposals,
  closed) is what the clock says and is computed in `rules.py`, so no scheduler can miss a deadline.
- The closing instant itself is too late: `accepts_proposals` is the only place that says so.
- Approval freezes text, criteria and weights in an `Edition` with a hash; the approver is not
  the author.
- Later rooms (proposals, decisions) move a challenge on through its lifecycle; the table is here.
"""
