"""The checks of one article graph that shapes cannot make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode

from kg.model import Span
from kg.rdf import vocab
from kg.rdf.evidence import CONTEXT_LENGTH
from kg.rdf.literals import storable
from kg.rdf.namespaces import Namespaces
from kg.verify.problem import Node, Nodes, Problem, ProblemKind, name_of, number_of, text_of

_TO_ENTITY = (
    vocab.SUBJECT,
    vocab.OBJECT,
    vocab.ATTRIBUTED_TO,
    vocab.REPORTED_BY,
    vocab.PUBLISHER,
    vocab.SPEAKER,
    vocab.MENTION_OF,
)
_INSIDE = {
    vocab.ABOUT: vocab.CLAIM,
    vocab.HAS_TARGET: vocab.TARGET,
    vocab.HAS_SOURCE: vocab.ARTICLE,
    vocab.WAS_GENERATED_BY: vocab.ACTIVITY,
    vocab.USED: vocab.ARTICLE,
    vocab.QUALIFIER: vocab.QUALIFIER_CLASS,
}
_COPIES = (
    (vocab.REPORTED_BY, vocab.PUBLISHER),
    (vocab.DATE_PUBLISHED, vocab.DATE_PUBLISHED),
)


class ArticleChecker:
    """The checks of one article graph that shapes cannot make."""

    def __init__(self, graph: str, key: str, nodes: Nodes, namespaces: Namespaces) -> None:
        self._graph = graph
        self._key = key
        self._nodes = nodes
        self._namespaces = namespaces

    def evidence(self, texts: Mapping[str, str]) -> Iterator[Problem]:
        """Whether the words stand at their offsets, with their surroundings and inside their sentence."""
        text = texts.get(self._key)
        if text is None:
            article = self._namespaces.article(self._key).value
            yield self._problem(ProblemKind.EVIDENCE, article, "its text is not at hand, nothing can be compared")
            return
        full = self._targets_of(vocab.CLAIM)
        framed = full | self._targets_of(vocab.QUOTATION)
        for subject, node in self._typed(vocab.TARGET):
            for message in _passage(node, text, framed=subject in framed, full=subject in full):
                yield self._problem(ProblemKind.EVIDENCE, subject, message)

    def references(self, entities: Iterable[str]) -> Iterator[Problem]:
        """Whether every node that is pointed at is there and of the right class."""
        known = set(entities)
        classes = {wanted: {subject for subject, _ in self._typed(wanted)} for wanted in set(_INSIDE.values())}
        for subject, node in self._nodes.items():
            for predicate in _TO_ENTITY:
                for value in node.get(predicate.value, ()):
                    if name_of(value) not in known:
                        yield self._dangling(subject, predicate, value, "is no entity of the entities graph")
            for predicate, wanted in _INSIDE.items():
                for value in node.get(predicate.value, ()):
                    if name_of(value) not in classes[wanted]:
                        yield self._dangling(subject, predicate, value, f"is no {str(wanted)!r} of this graph")
            for value in node.get(vocab.WAS_ASSOCIATED_WITH.value, ()):
                if value != self._namespaces.software:
                    yield self._dangling(subject, vocab.WAS_ASSOCIATED_WITH, value, "is not the software")

    def names(self) -> Iterator[Problem]:
        """Whether the IRIs that hash a node's own values still fit them."""
        mint = self._namespaces
        claims: dict[str, list[str]] = defaultdict(list)
        for subject, node in self._typed(vocab.CLAIM):
            claims[text_of(node, vocab.CLAIM_KEY)].append(subject)
            for value in node.get(vocab.QUALIFIER.value, ()):
                pair = self._nodes.get(name_of(value), {})
                name, content = text_of(pair, vocab.QUALIFIER_NAME), text_of(pair, vocab.QUALIFIER_VALUE)
                if mint.qualifier(NamedNode(subject), name, content) != value:
                    yield self._misnamed(name_of(value), f"kg:qualifierName {name!r} and value {content!r}")
        for key, subjects in claims.items():
            expected = {mint.claim(key, ordinal).value for ordinal in range(len(subjects))}
            for subject in sorted(set(subjects) - expected):
                yield self._misnamed(subject, f"kg:claimKey {key!r}")
        for subject, node in self._typed(vocab.TARGET):
            start, end = number_of(node, vocab.START), number_of(node, vocab.END)
            if 0 <= start < end and mint.target(self._key, Span(start, end)).value != subject:
                yield self._misnamed(subject, f"oa:start {start} and oa:end {end}")
        for subject, node in self._typed(vocab.ACTIVITY):
            annotator, version = text_of(node, vocab.ANNOTATOR), text_of(node, vocab.VERSION)
            if mint.run(self._key, annotator, version).value != subject:
                yield self._misnamed(subject, f"kg:annotator {annotator!r} and kg:version {version!r}")
        for subject, _ in self._typed(vocab.ARTICLE):
            if mint.article(self._key).value != subject:
                yield self._misnamed(subject, f"the graph's article key {self._key!r}")

    def copies(self) -> Iterator[Problem]:
        """Whether a claim repeats its article's outlet and date faithfully."""
        article = self._nodes.get(self._namespaces.article(self._key).value, {})
        for subject, node in self._typed(vocab.CLAIM):
            for copy, original in _COPIES:
                here = sorted(str(value) for value in node.get(copy.value, ()))
                there = sorted(str(value) for value in article.get(original.value, ()))
                if here != there:
                    message = f"{str(copy)!r} is {here!r}, but the article's {str(original)!r} is {there!r}"
                    yield self._problem(ProblemKind.COPY, subject, message)

    def _typed(self, wanted: NamedNode) -> Iterator[tuple[str, Node]]:
        for subject, node in self._nodes.items():
            if wanted in node.get(vocab.RDF_TYPE.value, ()):
                yield subject, node

    def _targets_of(self, wanted: NamedNode) -> set[str]:
        return {name_of(v) for _, node in self._typed(wanted) for v in node.get(vocab.HAS_TARGET.value, ())}

    def _problem(self, kind: ProblemKind, subject: str, message: str) -> Problem:
        return Problem(kind, self._graph, subject, message)

    def _dangling(self, subject: str, predicate: NamedNode, value: object, why: str) -> Problem:
        return self._problem(ProblemKind.REFERENCE, subject, f"{str(predicate)!r}: {name_of(value)!r} {why}")

    def _misnamed(self, subject: str, what: str) -> Problem:
        return self._problem(ProblemKind.NAME, subject, f"the IRI does not fit {what}")


def _passage(node: Node, text: str, *, framed: bool, full: bool) -> Iterator[str]:
    """What is wrong with one target; `framed` ones need prefix and suffix, `full` ones the sentence too."""
    start, end = number_of(node, vocab.START), number_of(node, vocab.END)
    if not 0 <= start < end <= len(text):
        yield f"the offsets {start} to {end} are no passage of the text of {len(text)} characters"
        return
    surroundings = [
        (vocab.EXACT, storable(text[start:end]), True),
        (vocab.PREFIX, storable(text[max(0, start - CONTEXT_LENGTH) : start]), framed),
        (vocab.SUFFIX, storable(text[end : end + CONTEXT_LENGTH]), framed),
    ]
    for predicate, words, needed in surroundings:
        found = text_of(node, predicate)
        if found != words and (found or needed):
            yield f"{str(predicate)!r} is {found!r}, but the text has {words!r} at {start} to {end}"
    sentence = text_of(node, vocab.SENTENCE_TEXT)
    if (sentence or full) and not _surrounds(sentence, storable(text), start, end):
        yield f"'kg:sentenceText' is {sentence!r}, which does not stand around {start} to {end} in the text"


def _surrounds(sentence: str, text: str, start: int, end: int) -> bool:
    """Whether `sentence` stands in `text` at a place that covers `start` to `end`."""
    earliest = max(0, end - len(sentence))
    return end - start <= len(sentence) and text.find(sentence, earliest, start + len(sentence)) >= 0
