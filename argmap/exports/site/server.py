"""Showing a site from memory: pages are looked up by name, so that no file can be asked for."""

from __future__ import annotations

import ipaddress
import mimetypes
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from argmap.exports.site.rendering import LIVE_POLICY

NEWS = "_live.json"


class Shown(NamedTuple):
    """What is shown at a time: files by their path from the root, and the news for pages."""

    files: Mapping[str, bytes]
    news: bytes


class Showcase:
    """What a server shows, exchanged as a whole."""

    def __init__(self, shown: Shown) -> None:
        self._lock = Lock()
        self._shown = shown

    def read(self) -> Shown:
        """Return what is shown now."""
        with self._lock:
            return self._shown

    def replace(self, shown: Shown) -> None:
        """Show something else from now on."""
        with self._lock:
            self._shown = shown


def open_server(host: str, port: int, showcase: Showcase) -> ThreadingHTTPServer:
    """Return a server of what the showcase holds; ``port`` 0 takes any that is free.

    It answers GET and HEAD for known names only.  On a loopback address it answers only those who
    call it by such a name, so that no page from elsewhere can reach it under a name of its own.

    Raises
    ------
    OSError
        Where the address cannot be had.
    """
    server = ThreadingHTTPServer((host, port), _make_handler(showcase, is_loopback(host)))
    server.daemon_threads = True
    return server


def is_loopback(host: str) -> bool:
    """Say whether an address is one that only this machine reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _make_handler(showcase: Showcase, guarded: bool) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version = "argmap"
        sys_version = ""
        protocol_version = "HTTP/1.1"
        timeout = 60

        def do_GET(self) -> None:
            self._answer(body=True)

        def do_HEAD(self) -> None:
            self._answer(body=False)

        def _answer(self, *, body: bool) -> None:
            name = _find_name(self.path)
            shown = showcase.read()
            if guarded and not _is_called_by_loopback(self.headers.get("Host", "")):
                self._send(HTTPStatus.FORBIDDEN, "text/plain", b"Not by this name.\n", body=body)
            elif name == NEWS:
                self._send(HTTPStatus.OK, "application/json", shown.news, body=body)
            elif name in shown.files:
                kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
                self._send(HTTPStatus.OK, kind, shown.files[name], body=body)
            else:
                self._send(HTTPStatus.NOT_FOUND, "text/plain", b"No such page.\n", body=body)

        def _send(self, status: HTTPStatus, kind: str, data: bytes, *, body: bool) -> None:
            text = kind.startswith("text/") or kind.endswith(("javascript", "json"))
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            policy = f"{LIVE_POLICY}; frame-ancestors 'none'"
            self.send_header("Content-Security-Policy", policy)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Cross-Origin-Resource-Policy", "same-origin")
            self.end_headers()
            if body:
                self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: the terminal belongs to what the corpus says."""

    return Handler


def _find_name(target: str) -> str:
    """Return the file that a request asks for; a folder means its index."""
    try:
        path = unquote(urlsplit(target).path, errors="strict")
    except (UnicodeDecodeError, ValueError):
        return ""
    name = path.removeprefix("/")
    return f"{name}index.html" if not name or name.endswith("/") else name


def _is_called_by_loopback(name: str) -> bool:
    try:
        host = urlsplit(f"//{name}").hostname
    except ValueError:
        return False
    return host is not None and is_loopback(host)
