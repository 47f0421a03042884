"""Credentials for a server, from the environment, and kept out of what is told.

They are ``ARGMAP_STORE_USER`` and ``ARGMAP_STORE_PASSWORD``, or ``ARGMAP_STORE_TOKEN``, and go
nowhere but to the server.
"""

from __future__ import annotations

import base64
import html
import json
import os
from typing import Any
from urllib.parse import quote

from argmap.query.errors import fail


def read_credentials(url: str) -> tuple[str, str, str]:
    """Return user, password and token from the environment, each empty where there is none.

    Raises :class:`StoreError` where one has what no request can carry, without repeating it.
    """
    names = ("USER", "PASSWORD", "TOKEN")
    user, password, token = (os.environ.get(f"ARGMAP_STORE_{name}", "") for name in names)
    sound = (
        user.isprintable(),
        password.isprintable(),
        token.isprintable() and token.isascii() and token == token.strip(),
    )
    for name, good in zip(names, sound, strict=True):
        if not good:
            raise fail(
                url,
                "server-credentials",
                f"ARGMAP_STORE_{name} has a character in it that cannot be sent",
                "Set it anew; often it is a line end that came along.",
            )
    return user, password, token


def hide_credentials(text: str) -> str:
    """Return what a server says without the credentials that it repeats."""
    user, password, token = (
        os.environ.get(f"ARGMAP_STORE_{name}", "") for name in ("USER", "PASSWORD", "TOKEN")
    )
    secrets = set()
    for secret in filter(None, (f"{user}:{password}" if password else "", password, token)):
        coded = base64.b64encode(secret.encode("utf-8", "replace")).decode()
        secrets |= {secret, coded, coded.rstrip("="), quote(secret), quote(secret, safe="")}
        secrets |= {html.escape(secret), json.dumps(secret)[1:-1], quote(coded, safe="")}
    for secret in sorted(secrets, key=lambda each: (-len(each), each)):
        text = text.replace(secret, "…")
    return text


class Bearer:
    """Credentials that are a token, or none where it is empty."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, prepared: Any) -> Any:
        """Put the token into a request."""
        if self._token:
            prepared.headers["Authorization"] = f"Bearer {self._token}"
        return prepared
