"""How long we keep what nobody needs any more (AVG art. 5(1)(e)); see docs/retention.md."""

from __future__ import annotations

from datetime import timedelta

# An account that was taken over is noticed within weeks: until then it can be seen from where.
SESSIONS_KEPT = timedelta(days=30)

# Whoever clicks an old link is told that it no longer works; after a week nobody does.
LINKS_KEPT = timedelta(days=7)

# Why a lost second factor was reset; a quarter is enough to ask about it, the journal keeps who.
RESETS_KEPT = timedelta(days=90)

# Holds the address of somebody who may never have joined; a quarter is enough to ask about it.
INVITATIONS_KEPT = timedelta(days=90)
