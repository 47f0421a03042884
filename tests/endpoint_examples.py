"""An endpoint of SPARQL 1.1 on loopback, over Oxigraph, that can be told to misbehave."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph

Reply = tuple[int, dict[str, str], bytes]


class Endpoint:
    """A running endpoint: its address, its store, and the requests that it has had.

    ``trick``, where it is set, is asked first what to reply to a request, by its path, its fields
    and its headers; None lets the endpoint answer as it should.  ``drip``, where it is set, is how
    many bytes of an answer it sends at a time, twenty times a second.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.store = pyoxigraph.Store()
        self.drip = 0
        self.requests: list[tuple[str, dict[str, list[str]], dict[str, str]]] = []
        self.trick: Callable[[str, dict[str, list[str]], dict[str, str]], Reply | None] | None = (
            None
        )

    def reply(self, path: str, fields: dict[str, list[str]], headers: dict[str, str]) -> Reply:
        self.requests.append((path, fields, headers))
        if self.trick is not None and (reply := self.trick(path, fields, headers)) is not None:
            return reply
        try:
            if "update" in fields:
                self.store.update(fields["update"][0])
                return 204, {}, b""
            graphs = [pyoxigraph.NamedNode(each) for each in fields.get("default-graph-uri", [])]
            found = self.store.query(
                fields["query"][0],
                default_graph=graphs or None,
                named_graphs=graphs or None,
            )
        except SyntaxError as error:
            return 400, {"Content-Type": "text/plain"}, str(error).encode()
        if isinstance(found, pyoxigraph.QueryTriples):
            data = found.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES)
            return 200, {"Content-Type": "application/n-triples"}, data
        data = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        return 200, {"Content-Type": "application/sparql-results+json"}, data


@contextmanager
def serve() -> Iterator[Endpoint]:
    """Run an endpoint until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            fields = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
            code, headers, body = endpoint.reply(self.path, fields, dict(self.headers))
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):
                for start in range(0, len(body), endpoint.drip or max(len(body), 1)):
                    self.wfile.write(body[start : start + (endpoint.drip or len(body))])
                    if endpoint.drip:
                        time.sleep(0.05)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
