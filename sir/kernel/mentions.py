"""Finding names in running text, as a hint to whoever must keep them out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

FORMS = re.compile(r"[\s,]+(b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?|gmbh|ltd\.?|inc\.?)$", re.IGNORECASE)
SHORTEST = 3  # letters; a shorter name would be found everywhere


def mentions(text: str, names: Iterable[str]) -> list[str]:
    """List which of these names, addresses or parts of them stand in the text, as they stand.

    A company is found without its legal form, a person also by surname, an address also by the
    part before the @. Whole words only, in capitals or not.
    """
    found: dict[str, None] = {}
    for name in names:
        for form in _forms(name):
            pattern = rf"(?<!\w){re.escape(form)}(?!\w)"
            if match := re.search(pattern, text, re.IGNORECASE):
                found[match[0]] = None
                break
    return list(found)


def _forms(name: str) -> list[str]:
    name = name.strip()
    forms = [name, FORMS.sub("", name)]
    if "@" in name:
        forms.append(name.partition("@")[0])
    elif " " in name:
        forms.append(name.rpartition(" ")[2])
    return [form for form in dict.fromkeys(forms) if len(form) >= SHORTEST]
