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
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)


def add_headers(app: Flask, settings: Settings) -> None:
    """Send the strict policy with every answer, errors included."""

    @app.after_request
    def strict(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        if request.endpoint == "static" and response.status_code < BAD_REQUEST:
            headers["Cache-Control"] = caching(request.path)
        else:
            headers.setdefault("Cache-Control", "no-store")
            headers.add("Vary", "Cookie")
        if settings.is_https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response
