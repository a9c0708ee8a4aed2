"""Whom a noun phrase means: the one who acts and the one who is meant."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.base import Scene
from kg.extract.cues import StanceCues
from kg.extract.targets import antecedent, child, subject_of
from kg.model import EntityType, MentionKind
from kg.nlp.reading import TokenMention

_SIDES = frozenset([EntityType.PERSON, EntityType.PARTY, EntityType.ORGANIZATION, EntityType.OUTLET])
_SELF = frozenset(["i", "me", "my", "myself", "we", "us", "our"])
_INDEFINITE = frozenset(["a", "an", "one", "another", "any", "no", "some", "every", "first", "only", "most"])
_OWNING = frozenset(["of", "by"])
_LISTING = frozenset(["including", "like", "as"])
_JOINING = frozenset(["and", "&", ","])
_DASHES = frozenset(["-", "--", "–", "—"])
_STEPS = 4
_DATELINE = 6
"""So many tokens at most stand between the place of a dateline and its dash."""
_MOST = 24
"""Of a longer list of names only so many act or are meant."""


def actors(scene: Scene, token: Token, cues: StanceCues) -> list[int]:
    """The clusters that act where `token` is the subject: itself, its conjuncts, or its owner."""
    found: list[int] = []
    for part in together(scene, token):
        found += [cluster for cluster in _actors(scene, part, cues) if cluster not in found]
    return found


def together(scene: Scene, token: Token) -> list[Token]:
    """The token and what is coordinated with it.

    Names joined by "and" count also where the parse makes one of them part of the other.
    """
    parts = [token, *token.conjuncts][:_MOST]
    mention = scene.reading.mention_at(token)
    if mention is None:
        return parts
    doc = scene.reading.doc
    place, first = mention.start, mention.start
    while place > 1 and doc[place - 1].lower_ in _JOINING:
        place -= 1
        before = scene.reading.mention_at(place - 1)
        if before is not None and before.cluster != mention.cluster:
            last = doc[before.end - 1]
            if last.dep_ not in ("nmod", "compound", "conj") or not first <= last.head.i < mention.end:
                break
            parts.append(last)
            first = place = before.start
    return list(dict.fromkeys(parts))[:_MOST]


def _actors(scene: Scene, token: Token, cues: StanceCues) -> list[int]:
    current = token
    for _ in range(_STEPS):
        if current.tag_ == "WP$":
            current = antecedent(current, current.head.head)
        cluster = side(scene, current)
        if cluster is not None and not _is_vague(scene, current, cues):
            return [cluster]
        if current.lower_ in _SELF:
            speaker = scene.speaker_at(current.i)
            return [] if speaker is None else [speaker]
        named = _named_beside(scene, current, cues)
        if named:
            return named
        head = current.head
        if current.dep_ == "appos":
            if current.tag_ in ("NNS", "CD"):
                return [c for part in (head, *head.conjuncts) if (c := side(scene, part)) is not None]
            current = head
        elif current.dep_ == "attr" and head.lemma_ in ("be", "become"):
            subject = subject_of(head)
            if subject is None or subject == current:
                return []
            current = subject
        elif current.dep_ == "pobj" and head.lower_ in ("of", "among") and head.head.pos_ in ("NUM", "NOUN"):
            if head.head.pos_ == "NOUN" and head.head.lemma_ not in ("group", "pair", "one"):
                return []
            current = head.head
        else:
            return []
    return []


def _is_vague(scene: Scene, token: Token, cues: StanceCues) -> bool:
    """Whether the token alone is the mention, and a word that means anybody ("Party")."""
    mention = scene.reading.mention_at(token)
    return token.text in cues.vague and (mention is None or mention.end - mention.start == 1)


def _named_beside(scene: Scene, noun: Token, cues: StanceCues) -> list[int]:
    """The names in apposition to a noun, listed behind it, or whose mouthpiece it is."""
    for other in noun.children:
        if other.dep_ == "appos":
            cluster = side(scene, other)
            if cluster is not None:
                return [cluster]
        elif other.dep_ == "poss" and noun.lemma_ in cues.mouthpieces:
            cluster = side(scene, other)
            return [] if cluster is None else [cluster]
        elif other.dep_ == "prep" and other.lower_ in _LISTING and noun.tag_ in ("NNS", "NNPS"):
            found = _listed(scene, other)
            if found:
                return found
    return []


def _listed(scene: Scene, preposition: Token) -> list[int]:
    """The sides named in "including X, Y and Z"."""
    found: list[int] = []
    for token in scene.reading.doc[preposition.i + 1 : preposition.right_edge.i + 1]:
        if token.dep_ in ("pobj", "conj", "appos"):
            cluster = side(scene, token)
            if cluster is not None and cluster not in found:
                found.append(cluster)
    return found


def side(scene: Scene, token: Token) -> int | None:
    """The person, party, organisation or outlet that the token itself names or stands for."""
    mention = scene.reading.mention_at(token)
    if mention is None or scene.reading.type_of(mention.cluster) not in _SIDES:
        return None
    if _is_member_word(scene, mention) or _is_dateline(scene, mention):
        return None
    return mention.cluster


def _is_dateline(scene: Scene, mention: TokenMention) -> bool:
    """A name in a dateline: an agency in brackets ("PARIS, 31 August (Reuters)"), or capitals before a dash."""
    doc = scene.reading.doc
    if mention.start > 0 and doc[mention.start - 1].text == "(" and doc[mention.end : mention.end + 1].text == ")":
        return True
    opens = mention.start == 0 or doc[mention.start - 1].is_space
    if not opens or not all(token.is_upper for token in doc[mention.start : mention.end]):
        return False
    return any(token.text in _DASHES for token in doc[mention.end : mention.end + _DATELINE])


def _is_member_word(scene: Scene, mention: TokenMention) -> bool:
    """Whether a party's word stands for one of its members ("the first Democrat to do so")."""
    reading = scene.reading
    if mention.kind is not MentionKind.NAME or reading.type_of(mention.cluster) is not EntityType.PARTY:
        return False
    last = reading.doc[mention.end - 1]
    return any(other.lower_ in _INDEFINITE and other.dep_ in ("det", "amod", "nummod") for other in last.children)


def targets(scene: Scene, token: Token, cues: StanceCues) -> list[tuple[int, bool]]:
    """The clusters meant where `token` is the object, each with whether it is named itself or as an owner."""
    found: dict[int, bool] = {}
    for part in together(scene, token):
        cluster = side(scene, part)
        if cluster is None:
            for other in part.children:
                if other.dep_ == "appos" and cluster is None:
                    cluster = side(scene, other)
        if cluster is not None:
            found.setdefault(cluster, True)
        else:
            for cluster in owners(scene, part, cues):
                found.setdefault(cluster, False)
    return list(found.items())


def owners(scene: Scene, noun: Token, cues: StanceCues) -> list[int]:
    """Whose thing the noun is ("X's plan", "the plan of X", "the X plan", "the way X runs it").

    People and offices are nobody's thing.
    """
    lexicon = scene.lexicon
    if noun.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ") or noun.lower_ in lexicon.role_heads:
        return []
    if noun.lemma_ in lexicon.role_heads or noun.ent_type_ == "PERSON" or noun.lemma_ in cues.relatives:
        return []
    behind: list[int] = []
    for other in noun.children:
        if other.dep_ == "poss":
            return _sides(scene, other)
        if other.dep_ in ("prep", "agent") and other.lower_ in _OWNING:
            inner = child(other, "pobj")
            behind = behind or ([] if inner is None else _sides(scene, inner))
        elif other.dep_ in ("compound", "nmod") and noun.pos_ == "NOUN":
            behind = behind or _sides(scene, other)
        elif other.dep_ == "relcl" and not behind:
            subject = child(other, "nsubj")
            behind = [] if subject is None else _sides(scene, subject)
    return behind


def _sides(scene: Scene, token: Token) -> list[int]:
    return [c for part in (token, *token.conjuncts) if (c := side(scene, part)) is not None]
