"""What every template may use: words, dates, money, and the permission table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal
from flask import Flask, current_app, request
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined
from markupsafe import Markup

from sir.config import Settings
from sir.kernel.i18n import _, unfilled
from sir.kernel.prose import prose_html
from sir.people.models import Role
from sir.people.rules.names import ROLE_NAMES
from sir.permissions import may
from sir.web.assets import asset
from sir.web.gate import now, signed_in_person, standing
from sir.web.locale import other_language_url, page_language
from sir.web.menu import menu
from sir.web.pages import remembered
from sir.web.templates import write_pages_cheaply

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def local(at: datetime) -> datetime:
    """Give the wall clock in the Netherlands."""
    return at.astimezone(AMSTERDAM)


def moment(at: datetime | None, *, seconds: bool = False) -> str:
    """Write an instant with its hour: "dinsdag 2 februari 2027, 12.00 uur"."""
    if at is None:
        return "–"
    lang = page_language()
    wall = local(at)
    if seconds:
        hour = wall.strftime("%H:%M:%S") + f".{wall.microsecond // 1000:03d}"
    else:
        hour = format_time(wall, "HH.mm" if lang == "nl" else "HH:mm", locale=lang)
    day = _written_day(wall.date(), "EEEE d MMMM y", lang)
    return f"{day}, {hour} uur" if lang == "nl" else f"{day}, {hour}"


def deadline(at: datetime | None) -> str:
    """Write a closing instant so that nobody takes it for included: "vóór 12.00 uur"."""
    if at is None:
        return "–"
    lang = page_language()
    wall = local(at)
    day = _written_day(wall.date(), "EEEE d MMMM y", lang)
    if lang == "nl":
        return f"{day}, vóór {format_time(wall, 'HH.mm', locale=lang)} uur"
    return f"{day}, before {format_time(wall, 'HH:mm', locale=lang)}"


def day(on: date | datetime | None, pattern: str = "d MMMM y") -> str:
    """Write a day: "2 februari 2027"."""
    if on is None:
        return "–"
    on = local(on) if isinstance(on, datetime) else on
    on = on.date() if isinstance(on, datetime) else on
    return _written_day(on, pattern, page_language())


@lru_cache(maxsize=2048)
def _written_day(on: date, pattern: str, lang: str) -> str:
    # a page names the same few days again and again
    return format_date(on, pattern, locale=lang)


def clock_time(at: datetime) -> str:
    """Write an hour: "14.32 uur"."""
    lang = page_language()
    text = format_datetime(local(at), "HH.mm" if lang == "nl" else "HH:mm", locale=lang)
    return f"{text} uur" if lang == "nl" else text


def euro(amount: Decimal | None, *, has_cents: bool = False) -> str:
    """Write euros: "€ 50.000", with cents when there are any, or always in a column of prices."""
    if amount is None:
        return "–"
    is_whole = amount == amount.to_integral_value() and not has_cents
    pattern = "¤ #,##0" if is_whole else "¤ #,##0.00"
    return format_currency(
        amount, "EUR", pattern, locale=page_language(), currency_digits=not is_whole
    )


def number(value: Decimal | int, decimals: int | None = None) -> str:
    """Write a number as the reader writes it: "77,33"."""
    return _number(value, decimals, page_language())


@lru_cache(maxsize=4096)
def _number(value: Decimal | int, decimals: int | None, lang: str) -> str:
    # a page of scores writes the same few numbers hundreds of times
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, pattern, locale=lang)


def days_until(at: datetime) -> int:
    """Count the calendar days in the Netherlands from now until an instant."""
    return (local(at).date() - local(now()).date()).days


def remembered_urls(app: Flask) -> Callable[..., str]:
    """Give a `url_for` for pages: an address depends on its parts and the language, nothing else.

    Building one costs as much as writing a row of a table, and a page writes dozens of rows.
    """

    @lru_cache(maxsize=4096)
    def built(_script_root: str, endpoint: str, parts: tuple[tuple[str, Any], ...]) -> str:
        return app.url_for(endpoint, **dict(parts))

    def url_for(endpoint: str, **parts: Any) -> str:
        return built(request.script_root, endpoint, tuple(parts.items()))

    return url_for


def remembered_footer(app: Flask) -> Callable[[], Markup]:
    """Give the foot of every page, made once for each language."""

    @lru_cache(maxsize=8)
    def made(_script_root: str, _lang: str) -> Markup:
        return Markup(app.jinja_env.get_template("parts/footer.html").render())  # noqa: S704 - Jinja escaped it

    return lambda: made(request.script_root, page_language())


def scale_levels(name: str, levels: Sequence[tuple[Any, ...]], chosen: Any) -> Markup:
    """Write the levels of a scale; those of a plan stand on each sheet, so they are remembered."""

    def made() -> Markup:
        forms: Any = current_app.jinja_env.get_template("parts/form.html").module
        written: Markup = forms.levels(name, levels, chosen)
        return written

    return remembered(("levels", name, tuple(levels), str(chosen)), made)


def page_url(endpoint: str, **parts: Any) -> str:
    """Give the address that a template would give, remembered as it is there."""
    url_for = cast("Callable[..., str]", current_app.jinja_env.globals["url_for"])
    return url_for(endpoint, **parts)


def furnish(app: Flask, settings: Settings) -> None:
    """Give templates their words and tools."""
    write_pages_cheaply(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    # what `trans` says comes from the words the house has read already
    app.jinja_env.install_gettext_callables(_, unfilled, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters.update(
        moment=moment,
        deadline=deadline,
        day=day,
        clock_time=clock_time,
        euro=euro,
        number=number,
        days_until=days_until,
        parse=datetime.fromisoformat,
        role_name=lambda role: ROLE_NAMES[Role(role)],
        prose=prose_html,
    )
    app.jinja_env.tests["a"] = lambda part, name: type(part).__name__ == name
    url_for = remembered_urls(app)
    app.jinja_env.globals.update(
        asset=asset,
        demo=settings.is_demo,
        footer=remembered_footer(app),
        scale_levels=scale_levels,
        _=_,
        url_for=url_for,
    )

    @app.context_processor
    def lend() -> dict[str, Any]:
        return {
            "lang": page_language(),
            "other_lang_url": other_language_url(),
            "me": signed_in_person(),
            "may": lambda permission, thing=None: may(standing(), permission, thing),
            "now": now,
            "nav": menu(standing(), url_for),
            "csrf_token": generate_csrf,
        }
