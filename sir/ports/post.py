"""The post: sends one letter. Over SMTP, or into a folder as .eml in the demo."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT = 20  # seconds


class Post(Protocol):
    """Takes a letter away."""

    def send(self, message: EmailMessage) -> None:
        """Send it, or raise OSError (smtplib's errors are OSErrors) to try again later."""


class SmtpPost:
    """A real mail server: smtp://user:password@host:587 (STARTTLS) or smtps://…:465."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (465 if parts.scheme == "smtps" else 25)
        self._is_tls = parts.scheme == "smtps"
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")

    def send(self, message: EmailMessage) -> None:
        """Send over an encrypted line whenever the server offers one."""
        context = ssl.create_default_context()
        if self._is_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=TIMEOUT, context=context
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT)
        with server:
            if not self._is_tls and server.has_extn("starttls"):
                server.starttls(context=context)
            if self._user:
                server.login(self._user, self._password)
            server.send_message(message)


class FolderPost:
    """Files instead of mail: one .eml a letter, named by its Message-ID."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)

    def send(self, message: EmailMessage) -> None:
        """Write the letter; a second delivery of the same letter overwrites itself."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        (self._folder / f"{name}.eml").write_bytes(bytes(message))
