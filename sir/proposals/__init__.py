"""Proposals: drafts, sealed submissions, receipts, and the opening of the vault.

Words: proposal, bidder, submission, part, receipt, opening.

- What a proposal says lies in its own tables, sealed with the challenge's key; the associated
  data binds challenge, bidder, version and hash. Counting envelopes cannot read them.
- Submit and opening take the same lock (the challenge's row), so that the number opened equals
  the number acknowledged.
- One idempotency key per handing-in: double clicks, replays and two tabs give one receipt.
- Nobody but the bidder reads a sealed proposal; platform staff are not in the table at all.
"""
