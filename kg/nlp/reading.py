"""One article as the extractors see it: tokens, clusters, mentions, offices and quotation marks."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.model import Article, EntityType, MentionKind, Span


@dataclass(frozen=True, slots=True)
class TokenMention:
    """A mention on tokens `[start, end)`; `cluster` is an index into the reading's clusters.

    `title` is the title that stands before a name ("Mr"), which is not part of the span.
    """

    start: int
    end: int
    kind: MentionKind
    cluster: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One entity of the article. `name` is the fullest form seen, `forms` all of them, sorted."""

    type: EntityType
    name: str
    forms: tuple[str, ...]
    gender: str | None = None
    canonical: str | None = None
    """The name under which a word list knows it (parties)."""
    known_parties: frozenset[str] = frozenset()
    """The parties, in lower case, that a gazetteer gives a person; they tell rivals apart and are no claim."""


@dataclass(frozen=True, slots=True)
class Role:
    """A noun phrase on tokens `[start, end)` that names an office or job; `head` is its head noun.

    `start` leaves out articles and words like "former" and "senior"; `full_start` does not. `former` says that a past
    office is meant. `people` are indexes of mentions that hold it by grammar (title, apposition, copula), and `link`
    says by which; a definite description without a name has link "description".
    """

    start: int
    end: int
    head: int
    full_start: int
    former: bool
    plural: bool
    people: tuple[int, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Text between quotation marks: tokens `[start, end)`, the marks not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that extractors read. `at[i]` is the index of the mention that covers token i, or -1.

    `skipped[i]` says that token i is boilerplate. `sentence_of[i]` numbers the sentences from 0.
    """

    article: Article
    doc: Doc
    clusters: tuple[Cluster, ...]
    mentions: tuple[TokenMention, ...]
    roles: tuple[Role, ...]
    quotes: tuple[Quote, ...]
    at: tuple[int, ...]
    skipped: tuple[bool, ...]
    sentence_of: tuple[int, ...]

    def mention_at(self, token: Token | int) -> TokenMention | None:
        """The mention that covers the token."""
        index = self.at[token if isinstance(token, int) else token.i]
        return None if index < 0 else self.mentions[index]

    def cluster_at(self, token: Token | int) -> int | None:
        """The cluster of the mention that covers the token."""
        mention = self.mention_at(token)
        return None if mention is None else mention.cluster

    def type_of(self, cluster: int) -> EntityType:
        """The type of a cluster."""
        return self.clusters[cluster].type

    def span(self, start: int, end: int) -> Span:
        """The characters of tokens `[start, end)`."""
        last = self.doc[end - 1]
        return Span(self.doc[start].idx, last.idx + len(last))

    def text(self, start: int, end: int) -> str:
        """The article's own text of tokens `[start, end)`."""
        return self.span(start, end).of(self.article.text)
