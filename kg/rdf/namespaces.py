"""The only place that mints IRIs, and the hashes in them.

The vocabulary namespace `kg:` is fixed, so that queries, shapes and the data of several projects fit
together; the base IRI moves the IRIs of data and of graphs only. A hash is that of a JSON list, never of a
joined string.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.errors import ConfigError, StoreError
from kg.model import Claim, Mention, Quotation, Span, content_hash

DEFAULT_BASE = "https://w3id.org/public-figures-kg"
KG = "https://w3id.org/public-figures-kg/ontology#"
WD = "http://www.wikidata.org/entity/"
WDS = f"{WD}statement/"

COMMON_PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "kg": KG,
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "p": "http://www.wikidata.org/prop/",
    "pq": "http://www.wikidata.org/prop/qualifier/",
    "pqv": "http://www.wikidata.org/prop/qualifier/value/",
    "prov": "http://www.w3.org/ns/prov#",
    "ps": "http://www.wikidata.org/prop/statement/",
    "psv": "http://www.wikidata.org/prop/statement/value/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": WD,
    "wdno": "http://www.wikidata.org/prop/novalue/",
    "wds": WDS,
    "wdt": "http://www.wikidata.org/prop/direct/",
    "wikibase": "http://wikiba.se/ontology#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes that do not depend on the base IRI."""

_QID = re.compile(r"Q[1-9][0-9]*")
_WIKIDATA_ID = re.compile(r"[A-Z][1-9][0-9]*(?:-[A-Z][1-9][0-9]*)?")
_NOT_IN_STATEMENT = re.compile(r"[^A-Za-z0-9_-]")
_COMMONS = "http://commons.wikimedia.org/wiki/Special:FilePath/"
_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_NOT_IN_IRI = re.compile(r"""[\x00-\x20<>"{}|\\^`\x7f]""")


@dataclass(frozen=True, slots=True)
class Namespaces:
    """Mints every IRI of the data from the base IRI; ConfigError where the base cannot carry them.

    `base` is an absolute http(s) IRI without query or fragment; a slash at its end does not count.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        base = self.base.rstrip("/")
        if not (_WEB.match(base) and "?" not in base and "#" not in base and _valid(base)):
            raise ConfigError(
                f"not a base IRI: {self.base!r}; an http or https address without '?' and '#' is needed, "
                f"such as {DEFAULT_BASE!r}"
            )
        object.__setattr__(self, "base", base)

    def entity(self, entity_id: str) -> NamedNode:
        """`wd:Q...` for a QID, else `<base>/entity/<id>`, percent-encoded."""
        if _QID.fullmatch(entity_id):
            return NamedNode(WD + entity_id)
        return NamedNode(f"{self.base}/entity/{_encode(entity_id)}")

    def article(self, article_key: str) -> NamedNode:
        """The article itself."""
        return NamedNode(f"{self.base}/article/{_encode(article_key)}")

    def claim(self, key: str, ordinal: int) -> NamedNode:
        """The `ordinal`-th claim, from 0, with one claim key in its article."""
        return NamedNode(f"{self.base}/claim/{content_hash([key, ordinal])}")

    def qualifier(self, claim: NamedNode, name: str, value: str) -> NamedNode:
        """One qualifier of one claim."""
        return NamedNode(f"{self.base}/qualifier/{content_hash([claim.value, name, value])}")

    def target(self, article_key: str, span: Span) -> NamedNode:
        """A passage; whatever points at the same passage shares it."""
        return NamedNode(f"{self.base}/target/{content_hash([article_key, span.start, span.end])}")

    def quotation(self, article_key: str, quotation: Quotation) -> NamedNode:
        """One quotation of an article."""
        spans = [
            None if span is None else [span.start, span.end]
            for span in (quotation.content, quotation.source, quotation.cue)
        ]
        parts: list[object] = [article_key, quotation.kind.value, quotation.speaker, spans]
        return NamedNode(f"{self.base}/quotation/{content_hash(parts)}")

    def mention(self, article_key: str, mention: Mention) -> NamedNode:
        """One mention of an article."""
        span = mention.span
        parts: list[object] = [article_key, span.start, span.end, mention.kind.value, mention.entity]
        return NamedNode(f"{self.base}/mention/{content_hash(parts)}")

    def run(self, article_key: str, annotator: str, version: str) -> NamedNode:
        """The annotation of one article by one version of the software."""
        return NamedNode(f"{self.base}/run/{content_hash([article_key, annotator, version])}")

    def statement(self, statement_id: str) -> NamedNode:
        """Wikidata's IRI of its statement: `wds:Q42-1A...` for "Q42$1A...", as in its own RDF."""
        return NamedNode(WDS + _NOT_IN_STATEMENT.sub("-", statement_id))

    def row_statement(self, parts: list[object]) -> NamedNode:
        """A statement that a table of facts makes, which has no id of Wikidata's."""
        return NamedNode(f"{self.base}/statement/{content_hash(parts)}")

    def value(self, parts: list[object]) -> NamedNode:
        """A full value, as a time with its precision; equal values share it."""
        return NamedNode(f"{self.base}/value/{content_hash(parts)}")

    def unknown_value(self, statement: NamedNode, property_id: str, ordinal: int) -> NamedNode:
        """What stands for the unknown value ("some value") of a statement's snak, in place of a blank node."""
        return NamedNode(f"{self.base}/unknown/{content_hash([statement.value, property_id, ordinal])}")

    def comparison(self, claim: NamedNode) -> NamedNode:
        """The comparison of one claim with Wikidata."""
        return NamedNode(f"{self.base}/comparison/{content_hash([claim.value])}")

    def decision(self, decision_id: str) -> NamedNode:
        """One decision of a reviewer."""
        return NamedNode(f"{self.base}/decision/{decision_id}")

    @property
    def software(self) -> NamedNode:
        """The software agent."""
        return NamedNode(f"{self.base}/software/public-figures-kg")

    def article_graph(self, article_key: str) -> NamedNode:
        """The graph with all that one article gives."""
        return NamedNode(f"{self._article_graphs}{_encode(article_key)}")

    def article_key(self, graph: str) -> str | None:
        """The article key of an article graph's IRI; None for any other graph."""
        return graph.removeprefix(self._article_graphs) if graph.startswith(self._article_graphs) else None

    @property
    def entities_graph(self) -> NamedNode:
        """Types, labels, aliases, QIDs and link scores."""
        return NamedNode(f"{self.base}/graph/entities")

    @property
    def facts_graph(self) -> NamedNode:
        """Direct triples derived from claims."""
        return NamedNode(f"{self.base}/graph/facts")

    @property
    def wikidata_graph(self) -> NamedNode:
        """Wikidata's statements about the entities of the graph."""
        return NamedNode(f"{self.base}/graph/wikidata")

    @property
    def comparison_graph(self) -> NamedNode:
        """Claims beside Wikidata's statements."""
        return NamedNode(f"{self.base}/graph/comparison")

    @property
    def review_graph(self) -> NamedNode:
        """People's decisions."""
        return NamedNode(f"{self.base}/graph/review")

    @property
    def ontology_graph(self) -> NamedNode:
        """The vocabulary."""
        return NamedNode(f"{self.base}/graph/ontology")

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefixes for reading and writing: the common ones and those of this base's data."""
        own = {
            "article": "article/",
            "articlegraph": "graph/article/",
            "claim": "claim/",
            "decision": "decision/",
            "comparison": "comparison/",
            "graph": "graph/",
            "mention": "mention/",
            "quotation": "quotation/",
            "run": "run/",
            "statement": "statement/",
            "target": "target/",
            "unknown": "unknown/",
            "value": "value/",
        }
        return {**COMMON_PREFIXES, **{name: f"{self.base}/{path}" for name, path in own.items()}}

    @property
    def _article_graphs(self) -> str:
        return f"{self.base}/graph/article/"


def claim_key(article_key: str, claim: Claim, *, sentence: str, names: dict[str, str]) -> str:
    """What reviews hang on: article, normalised sentence, relation, surface names and detail, never QIDs.

    `names` gives the surface name of each local entity id. Letter case, spaces and Unicode's compatibility
    forms do not count in the sentence.
    """
    target = None if claim.object is None else names[claim.object]
    plain = " ".join(unicodedata.normalize("NFKC", sentence).casefold().split())
    return content_hash([article_key, plain, claim.relation, names[claim.subject], target, claim.detail])


def web_address(url: str) -> NamedNode | None:
    """The IRI of an article's address, what no IRI may hold percent-encoded; None where it is none."""
    address = _NOT_IN_IRI.sub(lambda match: quote(match.group()), url.strip())
    return NamedNode(address) if _WEB.match(address) and _valid(address) else None


def wikidata_entity(entity_id: str) -> NamedNode | None:
    """An item, property, lexeme, form or sense of Wikidata; None for what is no such id."""
    return NamedNode(WD + entity_id) if _WIKIDATA_ID.fullmatch(entity_id) else None


def commons_file(name: str) -> NamedNode | None:
    """The file of that name on Wikimedia Commons, as Wikidata's RDF gives it; None where no IRI can be made of it."""
    try:
        return NamedNode(_COMMONS + quote(name.replace(" ", "_"), safe=""))
    except UnicodeEncodeError:
        return None


def vocabulary(prefix: str, name: str) -> NamedNode:
    """A term of one of the common prefixes."""
    return NamedNode(COMMON_PREFIXES[prefix] + name)


def _encode(part: str) -> str:
    try:
        return quote(part, safe="/")
    except UnicodeEncodeError as error:
        raise StoreError(f"no IRI can be made of {part!r}: it holds half a surrogate pair") from error


def _valid(iri: str) -> bool:
    try:
        NamedNode(iri)
    except ValueError:  # UnicodeEncodeError, for half a surrogate pair, is one too
        return False
    return True
