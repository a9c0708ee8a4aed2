"""One SPARQL endpoint, asked patiently and one query at a time through SPARQLWrapper, which does neither by itself."""

from __future__ import annotations

import http.client
import json
import threading
import urllib.error
from collections.abc import Sequence
from importlib.metadata import version
from urllib.parse import urlsplit

from SPARQLWrapper import JSON, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed, SPARQLWrapperException

from kg import __version__
from kg.errors import AnswerTooLargeError, UsageError, WikidataError
from kg.wikidata.action_api import BUSY, Limits, user_agent
from kg.wikidata.patience import Patience, Queue, Timing, TransientError, retry_after
from kg.wikidata.sparql.rows import Row, rows_of

_LIBRARY = f"SPARQLWrapper/{version('SPARQLWrapper')}"
_OUT_OF_TIME = (b"TimeoutException", b"timeout", b"timed out")
_PART = 1 << 16
_SHORT = 200


def agent_for(url: str, contact: str) -> str:
    """Who asks: with the contact for Wikidata's own endpoints (ConfigError without), with or without for any other."""
    host = urlsplit(url).hostname or ""
    if contact.strip() or host == "wikidata.org" or host.endswith(".wikidata.org"):
        return user_agent(contact, _LIBRARY)
    return f"public-figures-kg/{__version__} {_LIBRARY}"


class SparqlClient:
    """Asks one endpoint SELECT queries; threads that share it wait for each other.

    WikidataError where it cannot be reached or answers nonsense, AnswerTooLargeError where a query takes it too long
    or gives too much; UsageError where `url` is no web address.
    """

    def __init__(
        self,
        url: str,
        *,
        agent: str,
        limits: Limits | None = None,
        patience: Patience | None = None,
        timing: Timing | None = None,
    ) -> None:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise UsageError(f"the endpoint {url!r} is no web address that starts with http or https; correct it")
        self.url = url
        self.sent = 0
        self._agent = agent
        self._limits = limits or Limits(silence=90.0)
        self._timing = timing or Timing()
        self._queue = Queue(patience or Patience(), self._timing)
        self._turn = threading.Lock()
        self._server = f"the endpoint {url!r}"

    def select(self, query: str, needed: Sequence[str], *, divisible: bool = False) -> list[Row]:
        """The rows of a SELECT; each has at least the variables `needed`.

        A query that takes the endpoint too long is asked again like others that fail, but at once is too large where
        it is `divisible`.
        """
        with self._turn:
            body = self._queue.persist(lambda: self._checked(query, divisible), self._server)
        rows = rows_of(body)
        if not all(name in row for row in rows for name in needed):
            raise WikidataError(
                f"{self._server} leaves variables of a query unbound that it asks for; is it Wikidata's?"
            )
        return rows

    def _checked(self, query: str, divisible: bool) -> object:
        body = self._fetched(query, divisible)
        if body.lstrip()[:1] == b"<":
            raise WikidataError(f"{self._server} answers with a page instead of results in JSON; check the address")
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            if any(word in body[-20_000:] for word in _OUT_OF_TIME):
                raise self._out_of_time(divisible) from error
            what = "results that are no JSON or are cut off" if body.strip() else "an empty answer"
            raise TransientError(f"sends {what}") from error

    def _fetched(self, query: str, divisible: bool) -> bytes:
        wrapper = SPARQLWrapper(self.url, returnFormat=JSON, agent=self._agent)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        # Not setTimeout: it cuts fractions off, and 0 seconds mean for ever.
        wrapper.timeout = self._limits.silence  # type: ignore[assignment]
        wrapper.setQuery(query)
        self.sent += 1
        deadline = self._timing.clock() + self._limits.whole
        try:
            with wrapper.query().response as response:
                if response.geturl() != self.url:
                    raise WikidataError(
                        f"{self._server} redirects to {response.geturl()!r}; give that address if it is the right one"
                    )
                return self._body(response, deadline)
        except QueryBadFormed as error:
            raise WikidataError(f"{self._server} does not understand the query ({_excerpt(error)})") from error
        except EndPointInternalError as error:
            if any(word.decode() in str(error) for word in _OUT_OF_TIME):
                raise self._out_of_time(divisible) from error
            raise TransientError("is out of order (HTTP 500)") from error
        except SPARQLWrapperException as error:
            raise WikidataError(f"{self._server} cannot be asked: {_excerpt(error)}; check the address") from error
        except urllib.error.HTTPError as error:
            with error:
                self._refuse(error)
            raise
        except urllib.error.URLError as error:
            raise TransientError(f"cannot be reached ({error.reason})") from error
        except TimeoutError as error:
            raise TransientError("does not answer in time") from error
        except (OSError, http.client.HTTPException) as error:
            raise TransientError(f"breaks off ({error!r})") from error

    def _out_of_time(self, divisible: bool) -> Exception:
        if divisible:
            return AnswerTooLargeError(f"{self._server} runs out of time over a query")
        return TransientError("runs out of time over a query")

    def _refuse(self, error: urllib.error.HTTPError) -> None:
        """Raise what an HTTP status says."""
        if error.code in BUSY:
            wait = retry_after(error.headers.get("Retry-After"), self._timing.clock())
            raise TransientError(f"is busy or out of order (HTTP {error.code})", wait) from error
        hint = "check that the contact is a real one" if error.code == 403 else "check the address"
        raise WikidataError(f"{self._server} answers with HTTP {error.code}; {hint}") from error

    def _body(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        body = bytearray()
        while part := response.read1(_PART):
            body += part
            if len(body) > self._limits.size:
                raise AnswerTooLargeError(f"{self._server} sends more than {self._limits.size} bytes; it is not read")
            if self._timing.clock() > deadline:
                raise TransientError("takes too long to send its answer")
        return bytes(body)


def _excerpt(error: Exception) -> str:
    return " ".join(str(error).replace("\\n", " ").split())[:_SHORT]
