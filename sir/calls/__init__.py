"""Calls: several challenges at once, of which one startup wins at most one.

Words: call, entry, order, market, outcome.

- What a call is stands in `challenges`: it is printed on the three A4 and frozen with them.
- A startup puts its own entries in order until the last deadline of the call. The order is sealed;
  nobody reads it before every vault of the call is open. Its journal holds no content and no hash:
  a hash of so short a list would give it away.
- The outcome follows the rankings: only who wins what it wants more makes room for the next
  (deferred acceptance). Another allowed outcome may be recorded, with a reason; no other may.
- A recorded outcome is never changed. What happens after it (a proposal set aside, a ranking made
  anew) never moves anybody up by itself (jury: R18): a new outcome is recorded, with a reason, and
  who got a winning letter keeps what it won.
"""
