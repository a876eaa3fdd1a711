"""Desk: each role's home page, and the house's own pages.

Words: desk, task, page.

- A desk lists what waits for this person, with dates, read from the rooms below.
- The general pages (how it works, privacy, accessibility) live here too.
"""
