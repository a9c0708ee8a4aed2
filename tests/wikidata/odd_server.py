"""A real HTTP server on this machine that answers as Wikidata's action API does, and misbehaves on request.

`OddServer(documents)` serves search and entities out of Wikibase documents. `faults` is a list of what happens to the
next requests, one each; after them everything goes well again. It counts what it is asked.
"""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Fault = Callable[["Handler"], None]
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    values: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass
class OddServer:
    """The server; `with` starts and ends it. `redirects` maps ids to the ids that took their place."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)
    faults: list[Fault | None] = field(default_factory=list)
    always: Fault | None = None
    pause: float = 0.0
    post: Callable[[str], bytes] | None = None
    asked: list[Asked] = field(default_factory=list)
    most_at_once: int = 0
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    closing: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> OddServer:
        outer = self

        class Bound(Handler):
            odd = outer

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_details: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def api(self) -> str:
        return f"{self.root}/w/api.php"

    def actions(self) -> list[str]:
        return [asked.values.get("action", asked.method) for asked in self.asked]

    def begin(self, asked: Asked) -> Fault | None:
        with self._lock:
            self.asked.append(asked)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
            return self.faults.pop(0) if self.faults else self.always

    def end(self) -> None:
        with self._lock:
            self._now -= 1


class Handler(BaseHTTPRequestHandler):
    odd: OddServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    asked: Asked
    counted = False

    def do_GET(self) -> None:
        self._serve("")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _serve(self, body: str) -> None:
        parts = urlsplit(self.path)
        values = {name: found[0] for name, found in parse_qs(body or parts.query).items()}
        self.asked = Asked(self.command, parts.path, values, dict(self.headers.items()))
        fault = self.odd.begin(self.asked)
        self.counted = True
        try:
            if self.odd.pause:
                self.odd.closing.wait(self.odd.pause)
            if fault is not None:
                fault(self)
            else:
                self.well()
        except OSError:
            self.close_connection = True
        finally:
            self._done()

    def _done(self) -> None:
        """The request no longer counts; before its answer is sent, since the client may ask again at once."""
        if self.counted:
            self.counted = False
            self.odd.end()

    def well(self) -> None:
        """What a server in good order answers."""
        if self.command == "POST":
            assert self.odd.post is not None
            self.send(200, self.odd.post(self.asked.values["query"]), kind="application/sparql-results+json")
        else:
            self.send_json(answer(self.odd, self.asked.values))

    def send_json(self, value: object, headers: Mapping[str, str] | None = None, status: int = 200) -> None:
        self.send(status, json.dumps(value, ensure_ascii=False).encode(), headers)

    def send(
        self,
        status: int,
        body: bytes,
        headers: Mapping[str, str] | None = None,
        kind: str = "application/json; charset=utf-8",
    ) -> None:
        packed = "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 200
        data = gzip.compress(body) if packed else body
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self._done()
        self.end_headers()
        self.wfile.write(data)


def answer(odd: OddServer, values: Mapping[str, str]) -> dict[str, Any]:
    """What the action API answers to a request's values."""
    action = values.get("action")
    if action == "wbsearchentities":
        return {"searchinfo": {"search": values["search"]}, "search": _search(odd, values), "success": 1}
    if action == "wbgetentities":
        ids = values["ids"].split("|")
        if len(ids) > 50:
            return {"error": {"code": "toomanyvalues", "info": "Too many values supplied for parameter 'ids'."}}
        wrong = next((name for name in ids if len(name) > 10), None)
        if wrong is not None:
            return {"error": {"code": "no-such-entity", "info": f'Could not find an entity "{wrong}".', "id": wrong}}
        return {"entities": {name: _entity(odd, name, values) for name in ids}, "success": 1}
    if action == "query" and values.get("list") == "search":
        words, _, kind = values["srsearch"].rpartition(" haswbstatement:")
        assert kind == "P31=Q5"
        rows = [{"ns": 0, "title": name} for name, found in odd.documents.items() if _on_page(words, found)]
        return {"batchcomplete": True, "query": {"searchinfo": {"totalhits": len(rows)}, "search": rows}}
    if action == "query":
        return {"batchcomplete": True, "query": {"general": {"sitename": "Wikidata"}}}
    return {"error": {"code": "badvalue", "info": f'Unrecognized value for parameter "action": {action}.'}}


def _search(odd: OddServer, values: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = []
    for name, document in odd.documents.items():
        for kind, text in _names(document, values["language"]):
            if text.casefold().startswith(values["search"].casefold()):
                label = document.get("labels", {}).get(values["language"], {}).get("value")
                match = {"type": kind, "language": values["language"], "text": text}
                rows.append({"id": name, "title": name, "label": label, "match": match})
                break
    return rows[: int(values["limit"])]


def _names(document: Document, language: str) -> list[tuple[str, str]]:
    label = document.get("labels", {}).get(language)
    aliases = document.get("aliases", {}).get(language, [])
    return [*([("label", label["value"])] if label else []), *(("alias", alias["value"]) for alias in aliases)]


def _on_page(words: str, document: Document) -> bool:
    page = json.dumps(document, ensure_ascii=False).casefold()
    return '"Q5"' in json.dumps(document) and all(word in page for word in words.casefold().split())


def _entity(odd: OddServer, name: str, values: Mapping[str, str]) -> dict[str, Any]:
    target = odd.redirects.get(name, name)
    if target not in odd.documents:
        return {"id": name, "missing": True}
    document = odd.documents[target]
    entity: dict[str, Any] = {"type": document.get("type", "item"), "id": target}
    if target != name:
        entity["redirects"] = {"from": name, "to": target}
    languages = values["languages"].split("|")
    for part in values["props"].split("|"):
        found = document.get(part) or {}
        if part in ("labels", "descriptions", "aliases"):
            found = {language: text for language, text in found.items() if language in languages}
        entity[part] = found or []
    return entity


def status(code: int, **headers: str) -> Fault:
    """An error page with that status, as a proxy in front of Wikidata sends it."""
    return lambda handler: handler.send(
        code,
        b"<!DOCTYPE html><title>Wikimedia Error</title><p>Our servers are currently under maintenance.",
        {name.replace("_", "-"): value for name, value in headers.items()},
        "text/html",
    )


def says(value: object, **headers: str) -> Fault:
    """HTTP 200 with that JSON."""
    return lambda handler: handler.send_json(value, {name.replace("_", "-"): text for name, text in headers.items()})


def raw(body: bytes, kind: str = "application/json") -> Fault:
    """HTTP 200 with those bytes."""
    return lambda handler: handler.send(200, body, kind=kind)


def maxlag(seconds: float, wait: str = "5") -> Fault:
    """The error with HTTP 200 by which Wikidata says that it is behind."""
    info = f"Waiting for 10.64.0.1: {seconds} seconds lagged."
    error = {"code": "maxlag", "info": info, "host": "10.64.0.1", "lag": seconds}
    return says({"error": error, "servedby": "mw1"}, Retry_After=wait, X_Database_Lag=str(int(seconds)))


def redirect(to: str, code: int = 302) -> Fault:
    """Sends the client on; `{path}` in the address is the path and query that was asked."""
    return lambda handler: handler.send(code, b"", {"Location": to.format(path=handler.path)})


def cut(handler: Handler) -> None:
    """Promises more than it sends, and hangs up."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "10000")
    handler.end_headers()
    handler.wfile.write(b'{"entities": {"Q1": {')
    handler.close_connection = True


def reset(handler: Handler) -> None:
    """Hangs up without a word."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def slow(handler: Handler) -> None:
    """Says nothing until the server ends."""
    handler.odd.closing.wait(30)
    handler.close_connection = True


def dripping(handler: Handler) -> None:
    """Sends a byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.odd.closing.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()
