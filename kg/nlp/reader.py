"""From an article and its parse to a Reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Article, EntityType, MentionKind
from kg.nlp.capitals import Recaser
from kg.nlp.clusters import Grouping, group_names
from kg.nlp.coreference import resolve_pronouns
from kg.nlp.descriptions import HumanNouns, describe
from kg.nlp.interviews import first_persons
from kg.nlp.knowledge import Knowledge, KnownPerson, NoKnowledge
from kg.nlp.lexicon import Lexicon, PhraseTable, bare_lexicon
from kg.nlp.names import Name, NameFinder, phrase_values
from kg.nlp.pipeline import parse_articles
from kg.nlp.plain_roles import plain_roles
from kg.nlp.ranker import Chooser, load_ranker
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
        self._bare = bare_lexicon(lexicon.language)
        phrases = PhraseTable(phrase_values(lexicon), lambda text: [token.text for token in nlp.make_doc(text)])
        self._names = NameFinder(lexicon, phrases, self._knowledge.names_person)
        self._bare_names = NameFinder(self._bare, PhraseTable({}, str.split))
        self._roles = RoleFinder(lexicon)
        self._recase: Callable[[str], str] = Recaser(lexicon, nlp) if lexicon.has_grammar else str

    @property
    def nlp(self) -> Language:
        """The pipeline in use."""
        return self._nlp

    @property
    def lexicon(self) -> Lexicon:
        """The word lists in use."""
        return self._lexicon

    def parse(self, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
        """The articles with their parses, in order; one that cannot be parsed is left out."""
        return parse_articles(self._nlp, articles, recase=self._recase)

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """One Reading an article, in order."""
        for article, doc in self.parse(articles):
            yield self.interpret(article, doc)

    def interpret(self, article: Article, doc: Doc) -> Reading:
        """Everything above the parse: names, clusters, offices, pronouns.

        In another language than English: names, and the offices that its word lists tell.
        """
        if not self._lexicon.has_grammar:
            return self._plain(article, doc, self._names, self._lexicon)
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
        clusters = _clusters(grouping, known)
        mentions = _mentions(names, grouping)
        at = _cover(len(doc), mentions)
        roles = self._roles.find(doc, clusters, mentions, at, skipped)
        quotes = find_quotes(doc)
        nouns = HumanNouns(doc, skipped, self._lexicon)
        mentions += resolve_pronouns(
            doc, clusters, mentions, roles, quotes, sentence_of, skipped, known, self._choose, nouns
        )
        mentions += first_persons(doc, clusters, mentions, quotes)
        at = _cover(len(doc), mentions)
        mentions += describe(doc, nouns.equate(clusters, mentions), roles, mentions)
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

    def read_names(self, article: Article, doc: Doc) -> Reading:
        """Only what the entity recogniser says, and quotation marks: for a language of which no word is known."""
        return self._plain(article, doc, self._bare_names, self._bare)

    def _plain(self, article: Article, doc: Doc, finder: NameFinder, lexicon: Lexicon) -> Reading:
        skipped = _skipped(article, doc)
        names = finder.find(doc, skipped)
        grouping = group_names(doc, names, lexicon, article.text)
        clusters, mentions = _clusters(grouping, {}), _mentions(names, grouping)
        at = _cover(len(doc), mentions)
        kinds = [None if index < 0 else clusters[mentions[index].cluster].type for index in at]
        return Reading(
            article=article,
            doc=doc,
            clusters=clusters,
            mentions=tuple(mentions),
            roles=tuple(plain_roles(doc, lexicon, kinds, skipped)),
            quotes=tuple(find_quotes(doc, article.text)),
            at=at,
            skipped=tuple(skipped),
            sentence_of=_sentence_numbers(doc),
        )


_NOBODY = KnownPerson()


def _clusters(grouping: Grouping, known: Mapping[int, KnownPerson]) -> tuple[Cluster, ...]:
    rows = zip(grouping.types, grouping.forms, grouping.genders, grouping.canonicals, strict=True)
    return tuple(
        Cluster(type_, forms[0], forms, gender or person.gender, canonical, person.parties)
        for number, (type_, forms, gender, canonical) in enumerate(rows)
        for person in [known.get(number, _NOBODY)]
    )


def _mentions(names: Sequence[Name], grouping: Grouping) -> list[TokenMention]:
    return [
        TokenMention(name.start, name.end, MentionKind.NAME, number, name.title)
        for name, number in zip(names, grouping.of_name, strict=True)
    ]


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


def find_quotes(doc: Doc, text: str = "") -> list[Quote]:
    """Pairs of double quotation marks.

    A mark left open at a paragraph's end closes there; marks too far apart are no pair. `text` is the article's own
    text, where guillemets tell which way they look.
    """
    quotes = []
    opened: int | None = None
    guillemets = _guillemets(text)
    for token in doc:
        if token.is_space and token.text.count("\n") > 1 and opened is not None:
            if 1 < token.i - opened <= _MAX_QUOTE:
                quotes.append(Quote(opened + 1, token.i))
            opened = None
        if '"' not in token.text and token.text not in ("``", "''"):
            continue
        looks = guillemets.get(text[token.idx]) if guillemets else None
        if opened is None:
            closes = _closes(doc, token.i) if looks is None else not looks
            opened = None if closes else token.i
        elif _opens(doc, token.i) if looks is None else looks:
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


def _guillemets(text: str) -> dict[str, bool]:
    """Which guillemet of a text opens: the one that comes first (German books have them inside out); none without."""
    left, right = text.find("«"), text.find("»")
    return {} if left < 0 or right < 0 else {"«": left < right, "»": right < left}


def _opens(doc: Doc, place: int) -> bool:
    """Whether a mark looks like an opening one: a space before it and none behind it."""
    before = place == 0 or bool(doc[place - 1].whitespace_) or doc[place - 1].is_space
    return before and not doc[place].whitespace_


def _closes(doc: Doc, place: int) -> bool:
    """Whether a mark can only be a closing one: right behind a word or full stop, with a space behind it."""
    return place > 0 and not doc[place - 1].whitespace_ and not doc[place - 1].is_space and bool(doc[place].whitespace_)
