"""What tests of the client share: a clock, a server that answers as Wikidata does, and clients of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from wikidata.kettleland import world
from wikidata.odd_server import OddServer
from wikidata.waiting import Clock

from kg.wikidata.client import Client


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Iterator[OddServer]:
    with OddServer(world()) as odd:
        yield odd


@pytest.fixture
def connect(server: OddServer, clock: Clock) -> Iterator[Callable[..., Client]]:
    """Makes clients of the server, and closes them."""
    made: list[Client] = []

    def make(**settings: object) -> Client:
        wanted: dict[str, object] = {"api": server.api, "timing": clock.timing}
        made.append(Client("ada@example.org", **(wanted | settings)))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.close()
