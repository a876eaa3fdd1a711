"""People: persons, organisations, and the roles that tie them.

Words: person, organisation, membership, invitation, sign-in.

- A role is held in an organisation (membership) or on one challenge (a team place or a seat on
  the jury, which live in higher rooms). What a role may do is in `sir/permissions.py` only.
- Sessions live in the database (`SignIn`), so that they can be listed and ended at once.
- A person may have many roles; combinations that may not meet are refused where a role is given.
- A lost second factor: the recovery codes are everybody's own road. Without them one admin asks and
  another confirms; factor, password and sessions end, and a link goes to the address we know. Two
  admins together still cannot get in: they do not have the mailbox.
"""
