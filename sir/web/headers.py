"""What every answer carries for the browser's own guards."""

from __future__ import annotations

from http.client import BAD_REQUEST

from flask import Flask, Response, request

from sir.config import Settings
from sir.web.assets import caching

POLICY = "; ".join(  # noqa: FLY002 - one line each reads better
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types sir",
    )
)


ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
HTTPS_ONLY = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def add_headers(app: Flask, settings: Settings) -> None:
    """Send the strict policy with every answer, errors included."""
    strict_headers = (*ALWAYS, HTTPS_ONLY) if settings.is_https else ALWAYS

    @app.after_request
    def strict(response: Response) -> Response:
        headers = response.headers
        known = {name.lower() for name, _value in headers}
        for name, value in strict_headers:
            if name.lower() not in known:
                headers.add(name, value)
        if request.endpoint == "static" and response.status_code < BAD_REQUEST:
            headers["Cache-Control"] = caching(request.path)
        else:
            headers.setdefault("Cache-Control", "no-store")
            headers.add("Vary", "Cookie")
        return response
