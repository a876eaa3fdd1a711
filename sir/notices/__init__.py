"""Notices: the outbox. A letter is a row in the transaction of the act it reports.

Words: letter, outbox, post, lease.

- Services write letters and never send them; `flask sir post` and the worker do, after the commit.
- A letter that tells who takes part in a challenge is sealed until its opening: the outbox, its
  counts and the command that posts do not tell that it exists.
- Delivery is at least once: a crash between the mail server's yes and our note sends twice, with
  the same Message-ID, so that mailboxes show one.
"""
