"""One request to a MediaWiki action API, by the rules of its operators; whatever goes wrong is a sentence."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from kg import __version__
from kg.errors import AnswerTooLargeError, ConfigError, WikidataError
from kg.wikidata.patience import Patience, Queue, Timing, TransientError, retry_after

AT_ONCE = 3
"""Requests under way at the same time, at most."""

MAX_LAG = 5
"""Seconds that Wikidata's servers may be behind each other; above it they ask clients to wait (maxlag)."""

_CONTACT = re.compile(r"(?:[^\s@()<>]+@[^\s@()<>]+\.[^\s@()<>]+|https?://[^\s()<>]+\.[^\s()<>]+)", re.IGNORECASE)
_REDIRECTS = 5
BUSY = frozenset([408, 425, 429, 500, 502, 503, 504])
_PASSING = frozenset(["maxlag", "ratelimited", "readonly", "timeouterror"])
_SHORT = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one answer is taken: seconds of silence, seconds in all, bytes after unpacking."""

    silence: float = 30.0
    whole: float = 300.0
    size: int = 64_000_000


class ApiError(WikidataError):
    """The API understood the request and refuses it; `code` is its name for the reason, `id` the entity meant."""

    def __init__(self, message: str, code: str, entity: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.entity = entity


def user_agent(contact: str, library: str) -> str:
    """Who asks, as Wikimedia's User-Agent policy wants it: program and version, contact, library.

    ConfigError where `contact` is neither an e-mail address nor a web address.
    """
    plain = contact.strip()
    if not plain:
        raise ConfigError(
            "asking Wikidata needs a contact for its operators (their User-Agent policy); "
            "give --contact or the setting contact, an e-mail address or a web page of yours"
        )
    if not (plain.isascii() and plain.isprintable() and _CONTACT.fullmatch(plain)):
        raise ConfigError(f"the contact {contact!r} is neither an e-mail address nor a web address; correct it")
    return f"public-figures-kg/{__version__} ({plain}) {library}"


class ActionApi:
    """Asks one API: three requests at once at most, patiently, with bounds on time and size. Threads may share it."""

    def __init__(
        self,
        url: str,
        *,
        contact: str,
        limits: Limits | None = None,
        patience: Patience | None = None,
        timing: Timing | None = None,
    ) -> None:
        agent = user_agent(contact, f"httpx/{httpx.__version__}")
        self.url = url
        self.sent = 0
        self._limits = limits or Limits()
        self._timing = timing or Timing()
        self._queue = Queue(patience or Patience(), self._timing)
        self._slots = threading.BoundedSemaphore(AT_ONCE)
        self._counting = threading.Lock()
        self._address = _address(url)
        self._server = f"Wikidata ({self._address.host})"
        self._http = _http(agent, self._limits.silence)

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def stop(self) -> None:
        """End all waiting, in other threads too; what waits fails."""
        self._queue.stop()

    def ask(self, parameters: Mapping[str, str]) -> dict[str, Any]:
        """The JSON object that the API answers with.

        WikidataError where it cannot be reached, or what it says is no answer; ApiError where it refuses;
        AnswerTooLargeError over the limit. Failures that may pass are tried again first.
        """
        whole = {**parameters, "format": "json", "formatversion": "2", "maxlag": str(MAX_LAG)}
        return self._queue.persist(lambda: self._once(whole, None), self._server)

    def probe(self, timeout: float) -> str | None:
        """One brief try whether the API answers: None if so, else why not ("does not answer in time")."""
        question = {"action": "query", "meta": "siteinfo", "siprop": "general", "format": "json", "formatversion": "2"}
        try:
            self._once(question, timeout)
        except (TransientError, WikidataError) as error:
            return str(error).removeprefix(f"{self._server} ")
        return None

    def _once(self, parameters: Mapping[str, str], timeout: float | None) -> dict[str, Any]:
        with self._slots:
            body, response = self._fetched(parameters, timeout)
        return self._read(body, response)

    def _fetched(self, parameters: Mapping[str, str], timeout: float | None) -> tuple[bytes, httpx.Response]:
        address = self._address.copy_merge_params(dict(parameters))
        whole = self._limits.whole if timeout is None else timeout
        brief = httpx.USE_CLIENT_DEFAULT if timeout is None else httpx.Timeout(timeout)
        begin = self._timing.clock()
        try:
            for _ in range(_REDIRECTS + 1):
                with self._counting:
                    self.sent += 1
                with self._http.stream("GET", address, timeout=brief) as response:
                    if not response.has_redirect_location:
                        return self._body(response, begin + whole), response
                    address = self._redirected(address, response.headers["Location"])
        except httpx.TimeoutException as error:
            raise TransientError("does not answer in time") from error
        except (httpx.NetworkError, httpx.RemoteProtocolError, httpx.DecodingError) as error:
            raise TransientError(f"cannot be reached, or breaks off ({error})") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise WikidataError(f"{self._server} cannot be asked: {error}") from error
        raise WikidataError(f"{self._server} redirects in a circle; check the address {self.url!r}")

    def _redirected(self, address: httpx.URL, location: str) -> httpx.URL:
        target = address.join(location)
        upgrade = (address.scheme, target.scheme) == ("http", "https")
        same = (address.scheme, address.port) == (target.scheme, target.port)
        if target.host != address.host or not (same or upgrade):
            raise WikidataError(
                f"{self._server} redirects to {str(target.copy_with(query=None))!r}, which is another server and is "
                "not followed; if it is the right one, give it as wikidata_api"
            )
        return target

    def _body(self, response: httpx.Response, deadline: float) -> bytes:
        limit = self._limits.size
        body = bytearray()
        for part in response.iter_bytes():
            body += part
            if len(body) > limit:
                raise AnswerTooLargeError(f"{self._server} sends an answer of more than {limit} bytes; it is not read")
            if self._timing.clock() > deadline:
                raise TransientError("takes too long to send its answer")
        return bytes(body)

    def _read(self, body: bytes, response: httpx.Response) -> dict[str, Any]:
        status = response.status_code
        wait = retry_after(response.headers.get("Retry-After"), self._timing.clock())
        if status in BUSY:
            raise TransientError(f"is busy or out of order (HTTP {status})", wait)
        if status == 403:
            raise WikidataError(
                f"{self._server} refuses to answer (HTTP 403: {_excerpt(body)}); check that the contact is a real one"
            )
        if status != 200:
            raise WikidataError(f"{self._server} answers with HTTP {status}; check the address {self.url!r}")
        if body.lstrip()[:1] == b"<":
            raise WikidataError(
                f"{self._server} answers with a web page instead of data; check the address {self.url!r}, and whether "
                "the network asks you to sign in first"
            )
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError) as error:
            what = "an answer that is no JSON or is cut off" if body.strip() else "an empty answer"
            raise TransientError(f"sends {what}") from error
        if not isinstance(answer, dict):
            raise WikidataError(f"{self._server} answers with JSON that is no object; check the address {self.url!r}")
        if "error" in answer:
            self._refuse(answer["error"], wait)
        return answer

    def _refuse(self, error: object, wait: float | None) -> None:
        """Raise what an error object of the API says."""
        details: Mapping[str, Any] = error if isinstance(error, Mapping) else {"info": error}
        code, info = str(details.get("code", "unknown")), str(details.get("info", ""))[:_SHORT]
        if code in _PASSING or code.startswith("internal_api_error"):
            raise TransientError(f"is busy or out of order ({code}: {info})", wait)
        entity = details.get("id")
        raise ApiError(
            f"{self._server} refuses the request ({code}: {info})", code, entity if isinstance(entity, str) else None
        )


def _http(agent: str, silence: float) -> httpx.Client:
    try:
        return httpx.Client(
            headers={"User-Agent": agent, "Accept": "application/json", "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(silence, connect=min(10.0, silence), pool=None),
            limits=httpx.Limits(max_connections=AT_ONCE),
            follow_redirects=False,
        )
    except (ValueError, ImportError, OSError, httpx.InvalidURL) as error:
        raise ConfigError(
            f"the network settings of the environment cannot be used ({error}); look at HTTP_PROXY, HTTPS_PROXY, "
            "ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR"
        ) from error


def _address(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ConfigError(f"wikidata_api {url!r} is no web address ({error}); correct it") from error
    if address.scheme not in ("http", "https") or not address.host:
        raise ConfigError(f"wikidata_api {url!r} is no web address that starts with http or https; correct it")
    return address


def _excerpt(body: bytes) -> str:
    text = re.sub(r"<[^>]*>|\s+", " ", body.decode("utf-8", "replace"))
    return " ".join(text.split())[:_SHORT]
