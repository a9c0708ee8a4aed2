"""From an article and its parse to a Reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Article, EntityType, MentionKind
from kg.nlp.clusters import group_names
from kg.nlp.coreference import resolve_pronouns
from kg.nlp.descriptions import describe
from kg.nlp.interviews import first_persons
from kg.nlp.knowledge import Knowledge, NoKnowledge
from kg.nlp.lexicon import Lexicon, PhraseTable
from kg.nlp.names import NameFinder, phrase_values
from kg.nlp.pipeline import parse_articles
from kg.nlp.pronouns import Chooser, load_ranker
from kg.nlp.reading import Cluster, Quote, Reading, TokenMention
from kg.nlp.roles import RoleFinder

_MAX_QUOTE = 400
"""A quotation mark that does not close within so many tokens is not one."""


class Reader:
    """Reads articles with one pipeline and one set of word lists."""

    def __init__(
        self,
        nlp: Language,
        lexicon: Lexicon,
        knowledge: Knowledge | None = None,
        choose: Chooser | None = None,
    ) -> None:
        self._nlp = nlp
        self._knowledge = knowledge or NoKnowledge()
        self._lexicon = lexicon
        self._choose = choose or load_ranker()
        phrases = PhraseTable(phrase_values(lexicon), lambda text: [token.text for token in nlp.make_doc(text)])
        self._names = NameFinder(lexicon, phrases)
        self._roles = RoleFinder(lexicon)

    @property
    def lexicon(self) -> Lexicon:
        """The word lists in use."""
        return self._lexicon

    def parse(self, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
        """The articles with their parses, in order; one that cannot be parsed is left out."""
        return parse_articles(self._nlp, articles)

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """One Reading an article, in order."""
        for article, doc in self.parse(articles):
            yield self.interpret(article, doc)

    def interpret(self, article: Article, doc: Doc) -> Reading:
        """Everything above the parse: names, clusters, offices, pronouns."""
        skipped = _skipped(article, doc)
        sentence_of = _sentence_numbers(doc)
        names = self._names.find(doc, skipped)
        grouping = group_names(doc, names, self._lexicon, article.text)
        day = None if article.published is None else str(article.published)
        known = {
            number: person
            for number, (type_, forms) in enumerate(zip(grouping.types, grouping.forms, strict=True))
            if type_ is EntityType.PERSON and (person := self._knowledge.person(forms[0], day)) is not None
        }
        clusters = tuple(
            Cluster(
                type_,
                forms[0],
                forms,
                gender or (known[number].gender if number in known else None),
                canonical,
            )
            for number, (type_, forms, gender, canonical) in enumerate(
                zip(grouping.types, grouping.forms, grouping.genders, grouping.canonicals, strict=True)
            )
        )
        mentions = [
            TokenMention(name.start, name.end, MentionKind.NAME, number, name.title)
            for name, number in zip(names, grouping.of_name, strict=True)
        ]
        at = _cover(len(doc), mentions)
        roles = self._roles.find(doc, clusters, mentions, at, skipped)
        quotes = find_quotes(doc)
        mentions += resolve_pronouns(doc, clusters, mentions, roles, quotes, sentence_of, skipped, known, self._choose)
        mentions += first_persons(doc, clusters, mentions, quotes)
        at = _cover(len(doc), mentions)
        mentions += describe(doc, clusters, mentions, skipped, self._lexicon)
        return Reading(
            article=article,
            doc=doc,
            clusters=clusters,
            mentions=tuple(mentions),
            roles=tuple(roles),
            quotes=tuple(quotes),
            at=at,
            skipped=tuple(skipped),
            sentence_of=sentence_of,
        )


def _cover(length: int, mentions: list[TokenMention]) -> tuple[int, ...]:
    """For each token the mention that covers it; names win over the descriptions around them."""
    at = [-1] * length
    for kind in (MentionKind.NOMINAL, MentionKind.PRONOUN, MentionKind.NAME):
        for index, mention in enumerate(mentions):
            if mention.kind is kind:
                at[mention.start : mention.end] = [index] * (mention.end - mention.start)
    return tuple(at)


def _skipped(article: Article, doc: Doc) -> list[bool]:
    skipped = [False] * len(doc)
    spans = iter(article.boilerplate)
    span = next(spans, None)
    for token in doc:
        while span is not None and token.idx >= span.end:
            span = next(spans, None)
        if span is None:
            break
        skipped[token.i] = token.idx >= span.start
    return skipped


def _sentence_numbers(doc: Doc) -> tuple[int, ...]:
    numbers = []
    number = -1
    for token in doc:
        number += bool(token.is_sent_start) or token.i == 0
        numbers.append(number)
    return tuple(numbers)


def find_quotes(doc: Doc) -> list[Quote]:
    """Pairs of double quotation marks.

    A mark left open at a paragraph's end closes there; marks too far apart are no pair.
    """
    quotes = []
    opened: int | None = None
    for token in doc:
        if token.is_space and token.text.count("\n") > 1 and opened is not None:
            if 1 < token.i - opened <= _MAX_QUOTE:
                quotes.append(Quote(opened + 1, token.i))
            opened = None
        if '"' not in token.text and token.text not in ("``", "''"):
            continue
        if opened is None:
            opened = None if _closes(doc, token.i) else token.i
        elif _opens(doc, token.i):
            if 1 < token.i - opened <= _MAX_QUOTE:
                quotes.append(Quote(opened + 1, token.i))
            opened = token.i
        else:
            if 1 < token.i - opened <= _MAX_QUOTE:
                quotes.append(Quote(opened + 1, token.i))
            opened = None
    if opened is not None and 1 < len(doc) - opened <= _MAX_QUOTE:
        quotes.append(Quote(opened + 1, len(doc)))
    return quotes


def _opens(doc: Doc, place: int) -> bool:
    """Whether a mark looks like an opening one: a space before it and none behind it."""
    before = place == 0 or bool(doc[place - 1].whitespace_) or doc[place - 1].is_space
    return before and not doc[place].whitespace_


def _closes(doc: Doc, place: int) -> bool:
    """Whether a mark can only be a closing one: right behind a word or full stop, with a space behind it."""
    return place > 0 and not doc[place - 1].whitespace_ and not doc[place - 1].is_space and bool(doc[place].whitespace_)
