"""Terms: the three pages of "Aanbesteden op 3 A4", as data.

Words: terms, field, limit, page, procedure.

- One table of fields (`rules.py`) drives the form, the checks and the printed document, so that
  they cannot differ.
- The rendered page count decides whether it fits, not the sum of characters.
- Dates belong to the challenge, criteria to its plan (workflows); the document joins the three.
"""
