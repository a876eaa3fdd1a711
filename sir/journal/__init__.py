"""The journal: an append-only record of every act and every denied attempt.

Words: entry, stream, head, link, fault.

- One hash chain per stream (a challenge, or the house), so that two challenges never wait for
  each other. The chain's lock is taken by the transaction's last statements.
- The database refuses update and delete by trigger; `flask sir verify-journal` names the first
  bad row. A cut tail shows because the head is kept apart.
- Details hold codes, counts and hashes: never content, names or addresses.
"""
