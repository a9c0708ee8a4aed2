"""Noun phrases that grammar equates with a person: appositions, predicates, "as a ...", nouns before a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from kg.model import EntityType, MentionKind
from kg.nlp.lexicon import Lexicon
from kg.nlp.lookup import places_of_tags
from kg.nlp.reading import Cluster, Role, TokenMention

_COPULAS = frozenset(["be", "become", "remain"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_MAKERS = frozenset("appoint elect name make nominate choose crown call ordain declare consider".split())
_DESCRIBERS = frozenset("describe know see regard portray praise dismiss denounce name appoint elect recognise".split())
_PLACES = frozenset(["GPE", "LOC", "FAC"])
_LONGEST = 12
"""How many words a description has at most."""
_SUFFIXES = ("ist", "ian", "eer", "woman", "person", "ologist")


class HumanNouns:
    """The nouns for one human being in a text, and whom the parse equates them with."""

    def __init__(self, doc: Doc, skipped: Sequence[bool], lexicon: Lexicon) -> None:
        self._doc = doc
        self.lexicon = lexicon
        self.places = {
            noun.i: noun
            for noun in map(doc.__getitem__, places_of_tags(doc, ["NN", "CD"]))
            if not skipped[noun.i]
            and ((noun.pos_ == "NOUN" and is_human(noun, lexicon)) or _one_of_people(noun, lexicon))
        }

    def equate(self, clusters: Sequence[Cluster], mentions: Sequence[TokenMention]) -> dict[int, TokenMention]:
        """For each noun that the parse equates with a mention of a person, by its token, that mention."""
        people: dict[int, TokenMention] = {}
        taken: set[int] = set()
        for mention in mentions:
            inside = range(mention.start, mention.end)
            taken.update(inside)
            if clusters[mention.cluster].type is EntityType.PERSON:
                people.update(dict.fromkeys(inside, mention))
        uses = Counter(mention.cluster for mention in mentions)
        found: dict[int, TokenMention] = {}
        for place, noun in self.places.items():
            person = None if place in taken else _equal(noun, people, uses)
            if person is not None:
                # "His father, Thomas Sample, is a baker": what is said of the noun is said of the name.
                found[place] = people[place] = person
        return found


def describe(
    doc: Doc, equal: Mapping[int, TokenMention], roles: Sequence[Role], mentions: Sequence[TokenMention]
) -> list[TokenMention]:
    """Mentions of kind nominal for what `HumanNouns.equate` gives, and for offices in apposition or said of a name."""
    found = [
        TokenMention(*bounds(doc[noun], person), MentionKind.NOMINAL, person.cluster) for noun, person in equal.items()
    ]
    taken = {i for mention in (*mentions, *found) for i in range(mention.start, mention.end)}
    for role in roles:
        if role.link in ("apposition", "predicate") and len(role.people) == 1 and role.head not in taken:
            start = role.full_start + (doc[role.full_start].tag_ == "PRP$")
            found.append(TokenMention(start, role.end, MentionKind.NOMINAL, mentions[role.people[0]].cluster))
    return found


def is_human(noun: Token, lexicon: Lexicon) -> bool:
    """Whether the noun is a word for a human being."""
    word, words = noun.lemma_.lower(), lexicon.person_words
    return (
        word in words["human"]
        or word in words["kin"]
        or word in words["male"]
        or word in words["female"]
        or word in lexicon.role_heads
        or word.endswith(_SUFFIXES)
    )


def _equal(noun: Token, people: Mapping[int, TokenMention], uses: Mapping[int, int]) -> TokenMention | None:
    """The mention of a person that the parse equates with a noun for a human being."""
    head, dep = noun.head, noun.dep_
    if dep == "appos":
        if _lists_relative(noun):
            return None
        if head.ent_type_ in _PLACES or head.ent_type_ == "DATE":
            return _born(head, people)
        return people.get(head.i) if 0 < noun.i - head.i < 2 * _LONGEST else None
    named = _named_behind(noun, people)
    if named is not None:
        # "Captain of England Ada Example" is one mention; it is worth one where she is mentioned again.
        return named if uses[named.cluster] > 1 or _determined(noun) or _determined(head) else None
    if dep in ("compound", "nmod"):
        return None
    if dep == "attr" and head.lemma_ in _COPULAS:
        return None if _denied(head) else _first(_subjects(head), people)
    if dep in ("oprd", "attr") and head.lemma_ in _MAKERS:
        passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in head.lefts)
        return _first(_subjects(head) if passive else _objects(head), people)
    if dep == "pobj" and head.lower_ == "as":
        return _as_what(head, people)
    return None


def _named_behind(noun: Token, people: Mapping[int, TokenMention]) -> TokenMention | None:
    """The name that follows the noun or stands behind it in apposition."""
    following = people.get(noun.i + 1)
    if following is not None and following.start == noun.i + 1 and following.kind is MentionKind.NAME:
        inner = noun.doc[noun.i + 1 : following.end]
        name = inner.root
        joined = noun.head.i in range(following.start, following.end) or any(token.head == noun for token in inner)
        joined = joined or (name.head == noun.head and name.dep_ == noun.dep_)
        if joined:
            return following
    for child in noun.rights:
        if child.dep_ == "appos" and child.i in people and people[child.i].kind is MentionKind.NAME:
            return people[child.i]
    return None


def _one_of_people(token: Token, lexicon: Lexicon) -> bool:
    """ "One of the founders"."""
    if token.lower_ != "one" or token.dep_ not in ("attr", "appos", "pobj"):
        return False
    return any(
        end.dep_ == "pobj" and end.tag_ == "NNS" and is_human(end, lexicon)
        for child in token.rights
        if child.lower_ == "of"
        for end in child.rights
    )


def _born(place: Token, people: Mapping[int, TokenMention]) -> TokenMention | None:
    """ "Ada Example was born in Leeds, the daughter of a baker": said of her and not of Leeds."""
    for _ in range(4):
        if place.lemma_ == "bear" and place.tag_ == "VBN":
            return _first(_subjects(place), people)
        place = place.head
    return None


def _lists_relative(noun: Token) -> bool:
    """ "Ada Example, her mother and her sister": a list of three, not an apposition."""
    owned = any(child.dep_ == "poss" and child.tag_ == "PRP$" for child in noun.lefts)
    return owned and any(child.dep_ == "conj" for child in noun.rights)


def _determined(noun: Token) -> bool:
    return any(child.dep_ in ("det", "poss") for child in noun.lefts)


def _as_what(preposition: Token, people: Mapping[int, TokenMention]) -> TokenMention | None:
    """Whom "as a ..." is about: the subject, or the object of a verb that describes."""
    verb = preposition.head
    if verb.pos_ != "VERB":
        return None
    active = verb.lemma_ in _DESCRIBERS or verb.lemma_ in _MAKERS
    if active and any(child.dep_ == "dobj" for child in verb.rights):
        return _first(_objects(verb), people)
    return _first(_subjects(verb), people)


def _first(tokens: Iterable[Token], people: Mapping[int, TokenMention]) -> TokenMention | None:
    return next((people[token.i] for token in tokens if token.i in people), None)


def _subjects(verb: Token) -> Iterator[Token]:
    """The verb's subject; where it is "who" or left out, the noun or subject above."""
    for _ in range(3):
        if any(child.dep_ == "expl" for child in verb.lefts):
            return
        subject = next((child for child in verb.lefts if child.dep_ in _SUBJECTS), None)
        if subject is not None and subject.lower_ in ("who", "that", "which") and verb.dep_ == "relcl":
            yield verb.head
            return
        if subject is not None:
            yield subject
            return
        if verb.dep_ in ("acl", "relcl"):
            yield verb.head
            return
        if verb.dep_ not in ("conj", "xcomp", "advcl"):
            return
        verb = verb.head


def _objects(verb: Token) -> Iterator[Token]:
    return (child for child in verb.rights if child.dep_ == "dobj")


def _denied(verb: Token) -> bool:
    return any(child.dep_ == "neg" for child in verb.children)


def bounds(noun: Token, person: TokenMention | None = None) -> tuple[int, int]:
    """The noun's phrase, without its owner and the person's own name, and with an "of" phrase behind it."""
    start = max(noun.left_edge.i, noun.i - _LONGEST)
    for child in noun.lefts:
        if child.dep_ == "poss":
            start = max(start, child.right_edge.i + 1)
    if person is not None and person.end <= noun.i:
        start = max(start, person.end)
    end = noun.i + 1
    for child in noun.rights:
        if child.i == end and child.dep_ == "prep" and child.lower_ == "of":
            end = min(child.right_edge.i + 1, end + _LONGEST)
            break
    if person is not None and noun.i < person.start:
        end = min(end, person.start)
    return start, end
