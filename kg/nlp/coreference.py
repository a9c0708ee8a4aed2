"""Pronouns and descriptions of people, resolved to persons named in the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from kg.model import EntityType, MentionKind
from kg.nlp.descriptions import HumanNouns
from kg.nlp.epithets import Epithets
from kg.nlp.knowledge import KnownPerson
from kg.nlp.pronouns import PronounResolver
from kg.nlp.ranker import Chooser
from kg.nlp.reading import Cluster, Quote, Role, TokenMention

PRONOUNS = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "hers": "female",
    "herself": "female",
}
SPEECH_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_VAGUE = frozenset(
    [
        "leader",
        "member",
        "minister",
        "president",
        "candidate",
        "chairman",
        "chair",
        "spokesman",
        "secretary",
        "senator",
        "governor",
    ]
)
"""Offices that too many people have held for the word alone to mean one of them."""
_LESSER = frozenset(
    [
        "shadow",
        "deputy",
        "vice",
        "assistant",
        "associate",
        "junior",
        "acting",
        "interim",
        "under",
        "former",
        "ex",
    ]
)
"""Words that make an office another one: a shadow chancellor is not "the chancellor"."""
_OTHER_OFFICE = _LESSER | {"to", "of", "for"}
_BEARERS = frozenset(["nominee", "candidate"])
_LEAD = 4
"""The sentences (from 0) in which news text introduces somebody by name and then by office."""
_REACH = 4
"""How many sentences back a description looks."""
_FAR = 400
"""How many tokens back it looks at most, however long the sentences are."""


def resolve_pronouns(
    doc: Doc,
    clusters: Sequence[Cluster],
    names: Sequence[TokenMention],
    roles: Sequence[Role],
    quotes: Sequence[Quote],
    sentence_of: Sequence[int],
    skipped: Sequence[bool],
    known: Mapping[int, KnownPerson],
    choose: Chooser,
    nouns: HumanNouns,
) -> list[TokenMention]:
    """Mentions of kind pronoun and nominal, for persons only; what has no fitting antecedent is left out.

    `known` are the clusters that a gazetteer knows something of; `choose` picks the person whom a pronoun means;
    `nouns` are the text's nouns for one human being.
    """
    inside = [-1] * len(doc)
    for number, quote in enumerate(quotes):
        for i in range(quote.start, quote.end):
            inside[i] = number
    parties = {
        mention.start: canonical.casefold()
        for mention in names
        if (canonical := clusters[mention.cluster].canonical) is not None
    }
    resolver = _Resolver(doc, clusters, sentence_of, inside, known, parties)
    pronouns = PronounResolver(doc, clusters, names, sentence_of, inside, choose, nouns.lexicon)
    equal = nouns.equate(clusters, names)
    epithets = Epithets(doc, equal)

    def see(mention: TokenMention, head: Token) -> None:
        if clusters[mention.cluster].type is EntityType.PERSON:
            resolver.see(mention, head)
            pronouns.see(mention, head)

    by_start: dict[int, TokenMention] = {mention.start: mention for mention in names}
    described = {role.head: role for role in roles if role.link == "description" and not role.plural}
    holders = _holders(roles, names, doc)
    owner_at = {i: mention.cluster for mention in names for i in range(mention.start, mention.end)}
    found: list[TokenMention] = []

    def add(new: TokenMention, head: Token) -> None:
        found.append(new)
        owner_at[head.i] = new.cluster
        see(new, head)

    for token in doc:
        mention = by_start.get(token.i)
        if mention is not None:
            see(mention, doc[mention.end - 1])
        elif token.lower_ in PRONOUNS and not skipped[token.i] and token.pos_ in ("PRON", "DET"):
            cluster = pronouns.antecedent(token, PRONOUNS[token.lower_])
            if cluster is not None:
                add(TokenMention(token.i, token.i + 1, MentionKind.PRONOUN, cluster), token)
        elif token.i in described and not skipped[token.i]:
            role = described[token.i]
            cluster = resolver.described(role, holders)
            if cluster is not None:
                add(TokenMention(role.full_start, role.end, MentionKind.NOMINAL, cluster), token)
                holders.setdefault(_key(doc, role), cluster)
            else:
                pronouns.see_noun(token)
        elif token.i in nouns.places and token.i not in owner_at:
            called = epithets.find(token, owner_at, resolver)
            if called is not None:
                add(called, token)
            elif token.i not in equal:
                pronouns.see_noun(token)
    return found + epithets.late()


def _key(doc: Doc, role: Role) -> str:
    return doc[role.start : role.end].text.lower()


def _holders(roles: Sequence[Role], names: Sequence[TokenMention], doc: Doc) -> dict[str, int]:
    """Description (in lower case, the full phrase and its last words) -> the only cluster that holds it by grammar."""
    found: dict[str, set[int]] = {}
    for role in roles:
        if role.people and not role.former:
            words = [token.lower_ for token in doc[role.start : role.end]]
            for k in range(len(words)):
                if k and words[k - 1] in _LESSER:
                    break
                if role.start + k <= role.head:
                    phrase = " ".join(words[k:])
                    for person in role.people:
                        found.setdefault(phrase, set()).add(names[person].cluster)
    return {phrase: next(iter(owners)) for phrase, owners in found.items() if len(owners) == 1}


class _Resolver:
    """Keeps the persons seen so far, with where and how."""

    def __init__(
        self,
        doc: Doc,
        clusters: Sequence[Cluster],
        sentence_of: Sequence[int],
        inside: Sequence[int],
        known: Mapping[int, KnownPerson],
        parties: Mapping[int, str],
    ) -> None:
        self._doc = doc
        self._clusters = clusters
        self._sentence_of = sentence_of
        self._inside = inside
        self._known = known
        self._parties = parties
        self._persons: set[int] = set()
        self._seen: list[tuple[int, int, float, int]] = []  # cluster, token, weight, quote

    def __contains__(self, cluster: object) -> bool:
        """Whether the person was mentioned already."""
        return cluster in self._persons

    def see(self, mention: TokenMention, head: Token) -> None:
        """Remember a mention of a person."""
        self._persons.add(mention.cluster)
        weight = 1.0
        if head.dep_ in SPEECH_SUBJECTS:
            weight = 2.0 if head.head.dep_ in ("ROOT", "conj", "ccomp") else 1.5
        elif head.dep_ in ("poss", "compound", "nmod"):
            weight = 0.5
        if mention.kind is MentionKind.PRONOUN:
            weight *= 0.9
        self._seen.append((mention.cluster, head.i, weight, self._inside[head.i]))

    def described(self, role: Role, holders: dict[str, int]) -> int | None:
        """The person whom a definite description means.

        Who holds the office by the article's own words, then who is known to, then the subject of the sentence before.
        """
        words = [token.lower_ for token in self._doc[role.start : role.end]]
        head_words = [token.lower_ for token in self._doc[role.start : role.head + 1]]
        for phrase in (" ".join(words), " ".join(head_words)):
            if phrase in holders:
                return holders[phrase]
        by_office = self._office_holder(" ".join(head_words))
        if by_office is None:
            by_office = self._standard_bearer(role)
        if by_office is not None:
            return by_office
        return self._last_subject(role, set(holders.values()))

    def _office_holder(self, phrase: str) -> int | None:
        """The only person of the article who is known to hold or have held the office, if named already."""
        if phrase in _VAGUE:
            return None
        holders = [
            cluster
            for cluster, known in self._known.items()
            if any(_contains(office, phrase) for office in known.offices)
        ]
        if len(holders) != 1 or all(cluster != holders[0] for cluster, _, _, _ in self._seen):
            return None
        return holders[0]

    def _standard_bearer(self, role: Role) -> int | None:
        """ "The Republican nominee": the person of that party of whom the article speaks far more than of any other."""
        if self._doc[role.head].lower_ not in _BEARERS:
            return None
        parties = {self._parties[i] for i in range(role.start, role.head) if i in self._parties}
        if len(parties) != 1:
            return None
        party = next(iter(parties))
        counts = Counter(
            cluster
            for cluster, _, _, _ in self._seen
            if cluster in self._known and party in self._known[cluster].parties
        )
        ranked = counts.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
            return None
        return ranked[0][0]

    def _last_subject(self, role: Role, taken: set[int]) -> int | None:
        """In an article's lead, the subject of one of the two sentences before, where nothing speaks against it."""
        head = self._doc[role.head]
        if head.dep_ not in SPEECH_SUBJECTS or role.former or self._inside[role.head] >= 0:
            return None
        here = self._sentence_of[role.head]
        if here > _LEAD or role.end - role.start == 1:
            return None
        for cluster, place, weight, quote in reversed(self._seen):
            distance = here - self._sentence_of[place]
            if distance > 2 or role.head - place > _FAR:
                return None
            if distance >= 1 and weight >= 1.8 and quote < 0:
                known = self._known.get(cluster)
                elsewhere = (
                    known is not None
                    and known.offices
                    and not any(_contains(office, head.lower_) for office in known.offices)
                )
                return None if cluster in taken or elsewhere else cluster
        return None


def _contains(office: str, phrase: str) -> bool:
    """Whether the office's name holds the phrase as whole words ("united states secretary of state").

    "Deputy prime minister" does not hold "prime minister", nor does "adviser to the president" hold "president".
    """
    before, found, _ = f" {office} ".partition(f" {phrase} ")
    return bool(found) and not _OTHER_OFFICE.intersection(before.split())
