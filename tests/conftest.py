"""What all tests share: no network, golden files, and a small invented article."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from command_line import Run
from hypothesis import settings

from kg.model import (
    Annotation,
    Article,
    Claim,
    Entity,
    EntityType,
    LocalEntity,
    Mention,
    MentionKind,
    Modality,
    PartialDate,
    Polarity,
    Quotation,
    QuotationKind,
    Resolution,
    Span,
)
from kg.ontology import Ontology, load_ontology
from kg.rdf.namespaces import Namespaces

if TYPE_CHECKING:
    from kg.nlp.reader import Reader
    from kg.nlp.reading import Reading

# A shell's background job ignores SIGINT, and so would every program that a test starts and stops.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("kg", deadline=None, derandomize=True)
settings.load_profile("kg")

ONTOLOGY_FOLDER = Path(__file__).parents[1] / "ontology"

TEXT = (
    "Teapot Party treasurer Orla Quillfeather accused Basil Thornapple of hoarding the biscuits. "
    "“He ate the whole tin,” she told the Daily Kettle. Thornapple denied it. "
    "Friends say that he may yet back Quillfeather."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write the golden files anew instead of comparing with them",
    )


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process: exit code, standard output, standard error."""
    from kg.cli import main

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def renew_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--renew-golden"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets reach this machine only, and no proxy stands between."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in ("localhost", "127.0.0.1", "::1"):
            pytest.fail(f"a test tried to reach {address!r}; tests use no network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def ontology_folder() -> Path:
    return ONTOLOGY_FOLDER


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology(ONTOLOGY_FOLDER)


@pytest.fixture(scope="session")
def namespaces() -> Namespaces:
    return Namespaces("https://example.org/kettle")


@pytest.fixture(scope="session")
def reader() -> Reader:
    """One reader for the whole session: loading the pipeline costs more than reading all the texts of the tests."""
    from kg.nlp.lexicon import load_lexicon
    from kg.nlp.pipeline import load_pipeline
    from kg.nlp.reader import Reader

    return Reader(load_pipeline(), load_lexicon())


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[[str], Reading]:
    """A text as the extractors see it, its boilerplate marked."""
    from kg.ingest.boilerplate import boilerplate_spans

    known: dict[str, Reading] = {}

    def reading(text: str) -> Reading:
        if text not in known:
            article = Article("case", text, boilerplate=boilerplate_spans(text, None))
            known[text] = next(reader.read([article]))
        return known[text]

    return reading


def _span(words: str, after: str = "") -> Span:
    start = TEXT.index(words, TEXT.index(after))
    return Span(start, start + len(words))


@pytest.fixture(scope="session")
def sample() -> Annotation:
    """An invented article with an accusation, a denial that answers it, and a hypothetical."""
    article = Article(
        id="kettle-1",
        text=TEXT,
        title="Biscuit row",
        published=PartialDate.parse("2031-02"),
        url="https://kettle.example/biscuit row",
        outlet="Daily Kettle",
    )
    accusation = _span("Orla Quillfeather accused Basil Thornapple of hoarding the biscuits")
    back = _span("he may yet back Quillfeather")
    return Annotation(
        article=article,
        entities=(
            LocalEntity("e1", EntityType.PERSON, "Orla Quillfeather", ("Quillfeather",), score=0.8),
            LocalEntity("e2", EntityType.PERSON, "Basil Thornapple", ("Thornapple",), gender="male"),
            LocalEntity("e3", EntityType.OUTLET, "Daily Kettle"),
            LocalEntity("e4", EntityType.PARTY, "Teapot Party"),
            LocalEntity("e5", EntityType.POSITION, "treasurer"),
        ),
        mentions=(
            Mention(_span("Teapot Party"), MentionKind.NAME, "e4"),
            Mention(_span("Orla Quillfeather"), MentionKind.NAME, "e1"),
            Mention(_span("Basil Thornapple"), MentionKind.NAME, "e2"),
            Mention(_span("she"), MentionKind.PRONOUN, "e1"),
            Mention(_span("Daily Kettle"), MentionKind.NAME, "e3"),
            Mention(_span("Thornapple", after="Kettle."), MentionKind.NAME, "e2"),
            Mention(_span("Quillfeather", after="back"), MentionKind.NAME, "e1"),
        ),
        claims=(
            Claim(
                "memberOf",
                "e1",
                "e4",
                _span("Teapot Party treasurer Orla Quillfeather"),
                0,
                "memberOf:noun",
                0.9,
            ),
            Claim(
                "holdsPosition",
                "e1",
                "e5",
                _span("treasurer Orla Quillfeather"),
                0,
                "holdsPosition:title",
                0.85,
            ),
            Claim("accuses", "e1", "e2", accusation, 0, "accuses:verb", 0.8125, "hoarding the biscuits"),
            Claim(
                "appearedOn",
                "e1",
                "e3",
                _span("she told the Daily Kettle"),
                1,
                "appearedOn:told",
                1.0,
                qualifiers=(("mode", "interview"),),
            ),
            Claim("denies", "e2", None, _span("Thornapple denied it"), 2, "denies:verb", 0.7, about=2),
            Claim(
                "supports",
                "e2",
                "e1",
                back,
                3,
                "supports:verb",
                0.5,
                modality=Modality.HYPOTHETICAL,
                polarity=Polarity.POSITIVE,
                attributed_to="e3",
            ),
        ),
        quotations=(
            Quotation(QuotationKind.DIRECT, _span("He ate the whole tin,"), "e1", _span("she"), _span("told")),
        ),
        sentences=tuple(
            _span(words)
            for words in (
                TEXT[: TEXT.index(" “He")],
                "“He ate the whole tin,” she told the Daily Kettle.",
                "Thornapple denied it.",
                "Friends say that he may yet back Quillfeather.",
            )
        ),
        annotator="0123456789abcdef",
    )


@pytest.fixture(scope="session")
def sample_resolution(sample: Annotation) -> Resolution:
    """Two linked and three unlinked entities; the QIDs are far beyond any that Wikidata has given."""
    key = sample.article.key
    return Resolution(
        (
            Entity(
                "Q99999999901",
                EntityType.PERSON,
                "Orla Quillfeather",
                ("Orla Quillfeather", "Quillfeather"),
                "Q99999999901",
                0.93,
                description="treasurer",
                members=((key, "e1"),),
            ),
            Entity(
                "Q99999999902",
                EntityType.OUTLET,
                "Daily Kettle",
                wikidata="Q99999999902",
                score=1.0,
                members=((key, "@outlet"), (key, "e3")),
            ),
            Entity(
                "party/teapot-party-0a1b2c3d",
                EntityType.PARTY,
                "Teapot Party",
                score=0.6,
                members=((key, "e4"),),
            ),
            Entity(
                "person/basil-thornapple-4e5f6071",
                EntityType.PERSON,
                "Basil Thornapple",
                gender="male",
                members=((key, "e2"),),
            ),
            Entity("position/treasurer-8293a4b5", EntityType.POSITION, "treasurer", members=((key, "e5"),)),
        )
    )
