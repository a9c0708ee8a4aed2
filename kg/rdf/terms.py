"""Pure functions from the model to RDF (docs/rdf-model.md); no clock, no random names, no blank nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg import __version__
from kg.errors import StoreError
from kg.model import Annotation, Article, Entity, MentionKind, Quotation
from kg.model.dates import DAY, PartialDate
from kg.ontology import Ontology, Relation, read_triples
from kg.rdf import vocab
from kg.rdf.claim_nodes import ClaimNode, claim_nodes
from kg.rdf.evidence import Detail, Passages
from kg.rdf.literals import date_literal, integer_literal, score_literal, text_literal, true_literal
from kg.rdf.namespaces import Namespaces, web_address

OUTLET_MEMBER = "@outlet"
"""The local id under which resolve lists an article's own outlet among an entity's members."""

ResolutionLookup = Mapping[tuple[str, str], Entity]


def article_quads(
    annotation: Annotation,
    lookup: ResolutionLookup,
    namespaces: Namespaces,
    ontology: Ontology,
    *,
    version: str = __version__,
) -> list[Quad]:
    """All quads of one article's graph, none twice; `lookup` is `Resolution.lookup()`.

    StoreError where an offset lies outside the text, a score is not 0 to 1, an entity is not in `lookup`, or
    an object is missing that the relation needs; OntologyError where a relation is unknown.
    """
    return _ArticleWriter(annotation, lookup, namespaces, ontology, version).quads()


def entity_quads(entities: Iterable[Entity], namespaces: Namespaces) -> list[Quad]:
    """The quads of the entities graph; StoreError where a QID and an entity's id disagree."""
    graph = namespaces.entities_graph
    quads: list[Quad] = []
    for entity in entities:
        node = _entity_node(entity, namespaces)
        pairs: list[tuple[NamedNode, NamedNode | Literal]] = [
            (vocab.RDF_TYPE, vocab.ENTITY_CLASSES[entity.type]),
            (vocab.LABEL, text_literal(entity.name)),
        ]
        aliases = sorted(set(entity.aliases) - {entity.name})
        pairs += [(vocab.ALT_LABEL, text_literal(alias)) for alias in aliases]
        if entity.wikidata is not None:
            pairs.append((vocab.WIKIDATA_ID, text_literal(entity.wikidata)))
        pairs.append((vocab.LINK_SCORE, score_literal(entity.score, what=f"the link score of {entity.id!r}")))
        if entity.gender is not None:
            pairs.append((vocab.GENDER, text_literal(entity.gender)))
        if entity.description is not None:
            pairs.append((vocab.DESCRIPTION, text_literal(entity.description)))
        quads += [Quad(node, predicate, value, graph) for predicate, value in dict.fromkeys(pairs)]
    return quads


def ontology_quads(folder: Path, namespaces: Namespaces) -> list[Quad]:
    """The quads of the ontology graph: the Turtle files of `folder`, shapes apart, and the software."""
    graph = namespaces.ontology_graph
    quads = [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in read_triples(folder)]
    quads.append(Quad(namespaces.software, vocab.RDF_TYPE, vocab.SOFTWARE_AGENT, graph))
    quads.append(Quad(namespaces.software, vocab.LABEL, text_literal("public-figures-kg"), graph))
    return quads


def _entity_node(entity: Entity, namespaces: Namespaces) -> NamedNode:
    if entity.wikidata is not None and entity.wikidata != entity.id:
        raise StoreError(
            f"entity {entity.id!r} is linked to {entity.wikidata!r}; its id must be that QID, resolve again"
        )
    return namespaces.entity(entity.id)


class _ArticleWriter:
    """Collects the quads of one article; lives for one call."""

    def __init__(
        self,
        annotation: Annotation,
        lookup: ResolutionLookup,
        namespaces: Namespaces,
        ontology: Ontology,
        version: str,
    ) -> None:
        self._annotation = annotation
        self._article: Article = annotation.article
        self._key = annotation.article.key
        self._lookup = lookup
        self._namespaces = namespaces
        self._relations: dict[str, Relation] = {relation.name: relation for relation in ontology.relations}
        self._ontology = ontology
        self._version = version
        self._graph = namespaces.article_graph(self._key)
        self._node = namespaces.article(self._key)
        self._run = namespaces.run(self._key, annotation.annotator, version)
        self._passages = Passages(self._article, annotation.sentences, namespaces)
        self._nodes: dict[str, NamedNode] = {}
        self._quads: list[Quad] = []

    def quads(self) -> list[Quad]:
        outlet = self._lookup.get((self._key, OUTLET_MEMBER))
        publisher = None if outlet is None else _entity_node(outlet, self._namespaces)
        self._write_article(publisher)
        self._write_run()
        nodes = claim_nodes(self._annotation, self._namespaces)
        for item in dict.fromkeys(nodes):
            self._write_claim(item, nodes, publisher)
        for quotation in dict.fromkeys(self._annotation.quotations):
            self._write_quotation(quotation)
        self._write_mentions()
        for node, pairs in self._passages.described():
            for predicate, value in pairs:
                self._add(node, predicate, value)
        return self._quads

    def _add(self, node: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        self._quads.append(Quad(node, predicate, value, self._graph))

    def _entity(self, local: str) -> NamedNode:
        node = self._nodes.get(local)
        if node is None:
            entity = self._lookup.get((self._key, local))
            if entity is None:
                raise StoreError(
                    f"article {self._article.id!r}: the local entity {local!r} is in no entity of the "
                    "resolution; resolve all annotations again"
                )
            node = self._nodes[local] = _entity_node(entity, self._namespaces)
        return node

    def _write_article(self, publisher: NamedNode | None) -> None:
        article, node = self._article, self._node
        self._add(node, vocab.RDF_TYPE, vocab.ARTICLE)
        self._add(node, vocab.ARTICLE_ID, text_literal(article.id))
        if article.title is not None:
            self._add(node, vocab.HEADLINE, text_literal(article.title))
        address = None if article.url is None else web_address(article.url)
        if address is not None:
            self._add(node, vocab.URL, address)
        if publisher is not None:
            self._add(node, vocab.PUBLISHER, publisher)
        date = article.published
        if date is not None:
            self._add(node, vocab.DATE_PUBLISHED, date_literal(date.earliest))
            self._add(node, vocab.DATE_PRECISION, integer_literal(date.precision))
            if date.precision < DAY:
                self._add(node, vocab.LATEST_DATE, date_literal(date.latest))

    def _write_run(self) -> None:
        self._add(self._run, vocab.RDF_TYPE, vocab.ACTIVITY)
        self._add(self._run, vocab.USED, self._node)
        self._add(self._run, vocab.WAS_ASSOCIATED_WITH, self._namespaces.software)
        self._add(self._run, vocab.VERSION, text_literal(self._version))
        self._add(self._run, vocab.ANNOTATOR, text_literal(self._annotation.annotator))

    def _write_claim(self, item: ClaimNode, nodes: list[ClaimNode], publisher: NamedNode | None) -> None:
        claim, node, add = item.claim, item.node, self._add
        relation = self._relations.get(claim.relation) or self._ontology.relation(claim.relation)
        add(node, vocab.RDF_TYPE, vocab.CLAIM)
        add(node, vocab.RDF_TYPE, NamedNode(relation.claim_class))
        add(node, vocab.SUBJECT, self._entity(claim.subject))
        add(node, vocab.PREDICATE, NamedNode(relation.iri))
        if claim.object is not None:
            add(node, vocab.OBJECT, self._entity(claim.object))
        elif not relation.object_optional:
            raise StoreError(
                f"article {self._article.id!r}: a claim {claim.relation!r} of {claim.subject!r} has no "
                "object; give it one, or set kg:objectOptional of the relation to true"
            )
        if claim.detail is not None:
            add(node, vocab.DETAIL, text_literal(claim.detail))
        add(node, vocab.POLARITY, vocab.POLARITIES[claim.polarity])
        add(node, vocab.MODALITY, vocab.MODALITIES[claim.modality])
        what = f"article {self._article.id!r}: the confidence of a claim {claim.relation!r}"
        add(node, vocab.CONFIDENCE, score_literal(claim.confidence, what=what))
        add(node, vocab.CLAIM_KEY, text_literal(item.key))
        add(node, vocab.EXTRACTOR, text_literal(claim.extractor))
        if claim.attributed_to is not None:
            add(node, vocab.ATTRIBUTED_TO, self._entity(claim.attributed_to))
        if claim.about is not None:
            add(node, vocab.ABOUT, self._about(claim.about, nodes))
        date = self._article.published
        if date is not None:
            add(node, vocab.DATE_PUBLISHED, date_literal(date.earliest))
            if date.precision < DAY:
                add(node, vocab.DATE_PRECISION, integer_literal(date.precision))
        if publisher is not None:
            add(node, vocab.REPORTED_BY, publisher)
        for name, value in dict.fromkeys(claim.qualifiers):
            if name in vocab.TIMES or name in vocab.MARKS:
                self._write_time(node, name, value)
                continue
            qualifier = self._namespaces.qualifier(node, name, value)
            add(node, vocab.QUALIFIER, qualifier)
            add(qualifier, vocab.RDF_TYPE, vocab.QUALIFIER_CLASS)
            add(qualifier, vocab.QUALIFIER_NAME, text_literal(name))
            add(qualifier, vocab.QUALIFIER_VALUE, text_literal(value))
        add(node, vocab.WAS_GENERATED_BY, self._run)
        add(node, vocab.HAS_TARGET, self._passages.target(claim.evidence, Detail.SENTENCE))

    def _write_time(self, node: NamedNode, name: str, value: str) -> None:
        """The days and the precision of a time, or a mark, on the claim itself."""
        if name in vocab.MARKS:
            if value != "true":
                raise StoreError(f"article {self._article.id!r}: {name!r} of a claim is {value!r}, not 'true'; drop it")
            self._add(node, vocab.MARKS[name], true_literal())
            return
        try:
            time = PartialDate.parse_time(value)
        except ValueError as error:
            raise StoreError(f"article {self._article.id!r}: {name!r} of a claim: {error}") from error
        first, last, precision = vocab.TIMES[name]
        self._add(node, first, date_literal(time.earliest))
        self._add(node, last, date_literal(time.latest))
        self._add(node, precision, integer_literal(time.precision))

    def _about(self, index: int, nodes: list[ClaimNode]) -> NamedNode:
        if not 0 <= index < len(nodes):
            raise StoreError(
                f"article {self._article.id!r}: a claim is about claim number {index!r} of {len(nodes)}; "
                "annotate it again"
            )
        return nodes[index].node

    def _write_quotation(self, quotation: Quotation) -> None:
        node = self._namespaces.quotation(self._key, quotation)
        self._add(node, vocab.RDF_TYPE, vocab.QUOTATION)
        self._add(node, vocab.QUOTATION_KIND, text_literal(quotation.kind.value))
        if quotation.speaker is not None:
            self._add(node, vocab.SPEAKER, self._entity(quotation.speaker))
        if quotation.cue is not None:
            self._add(node, vocab.CUE, text_literal(self._passages.exact(quotation.cue)))
        self._add(node, vocab.HAS_TARGET, self._passages.target(quotation.content, Detail.CONTEXT))

    def _write_mentions(self) -> None:
        seen: set[tuple[str, str]] = set()
        for mention in sorted(self._annotation.mentions):
            wording = (mention.entity, self._passages.exact(mention.span))
            if mention.kind is MentionKind.PRONOUN or wording in seen:
                continue
            seen.add(wording)
            node = self._namespaces.mention(self._key, mention)
            self._add(node, vocab.RDF_TYPE, vocab.MENTION)
            self._add(node, vocab.MENTION_OF, self._entity(mention.entity))
            self._add(node, vocab.MENTION_KIND, text_literal(mention.kind.value))
            self._add(node, vocab.HAS_TARGET, self._passages.target(mention.span, Detail.BARE))
