"""What can be said of a candidate stand, in features that a person can read."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import accumulate

from spacy.tokens import Token

from kg.extract.base import Scene
from kg.extract.cues import StanceCues
from kg.extract.stance_pairs import SIDES, Pair, Place, root_of, sentence_bounds, signs
from kg.model import EntityType, MentionKind

Features = dict[str, float]

_CLAUSES = frozenset(["ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis", "acl"])
_OPEN = frozenset(["VERB", "NOUN", "ADJ", "ADP"])
_TURNED = {"+": "-", "-": "+", "!": "+"}
_NAMES = {"+": "praise", "-": "fault", "!": "charge"}
_SMALL = frozenset(
    "but however yet although despite while instead than like never only even just why how enough too".split()
)
_CHAIN = 4
_DEPTH = 15
_REGION = 45
_BEFORE, _BEHIND = 6, 14
"""So many tokens before and behind a name describe who its bearer is."""
_FAR = 200
"""And so many at most, however far its phrase goes back."""


class FeatureMaker:
    """Makes the features of one article's pairs; what they share is worked out once."""

    def __init__(self, scene: Scene, cues: StanceCues) -> None:
        self._scene = scene
        self._cues = cues
        self._signs = signs(scene, cues)
        self._sums = {sign: list(accumulate((s == sign for s in self._signs), initial=0)) for sign in _NAMES}
        self._bounds = sentence_bounds(scene)
        self._mentioned = Counter(mention.cluster for mention in scene.reading.mentions)
        self._spoke = Counter(a.speaker for a in scene.attributions if a.speaker is not None)
        self._ties = _ties(scene, cues)

    def features(self, pair: Pair) -> Features:
        """Feature name -> value; a name that is absent has the value 0."""
        found: Features = {}
        for place in pair.places:
            self._of_place(found, pair, place)
        self._of_sentence(found, pair)
        self._of_article(found, pair)
        return found

    def _of_place(self, found: Features, pair: Pair, place: Place) -> None:
        scene, target = self._scene, place.target
        reading = scene.reading
        layer = "narration" if place.layer < 0 else scene.attributions[place.layer].kind.value
        holder = "speaker" if place.holder is None else "beside"
        found[f"holder {holder} in {layer}"] = 1
        found[f"holder {holder}"] = 1
        found[f"{reading.type_of(pair.holder).value} on {reading.type_of(pair.target).value}"] = 1
        found[f"target is {place.kind}"] = 1
        chain = _chain(target)
        if chain:
            found[f"holder {holder}, target {chain[0][0]}"] = 1
        for dep, head in chain:
            if sign := self._signs[head.i]:
                found[f"{_NAMES[sign]} over target by {dep}"] = 1
        clause = _clause(target)
        for other in clause.children:
            if other.dep_ == "neg":
                found["clause negated"] = 1
            elif other.dep_ == "aux" and other.tag_ == "MD":
                found[f"modal {other.lower_}"] = 1
        acting = any(dep in ("nsubj", "nsubjpass") for dep, _ in chain)
        if acting:
            found["target acts"] = 1
        self._of_clause(found, place, holder, acting, pair.sentence)
        if place.layer >= 0:
            self._of_quotation(found, place)
        if place.holder is not None:
            self._between(found, place.holder, target)

    def _of_clause(self, found: Features, place: Place, holder: str, acting: bool, sentence: int) -> None:
        doc, layers = self._scene.reading.doc, self._scene.content_of
        whole = self._bounds[sentence]
        region = clause_region(self._scene, place, whole)
        counts: Counter[str] = Counter()
        for i in range(*region):
            if self._signs[i] and layers[i] == place.layer:
                turned = any(c.dep_ == "neg" for c in doc[i].children) or any(
                    c.dep_ == "neg" for c in doc[i].head.children
                )
                counts[_TURNED[self._signs[i]] if turned else self._signs[i]] += 1
        for sign, count in counts.items():
            name = f"{_NAMES[sign]} in clause"
            found[name] = max(found.get(name, 0), min(count, 3))
            found[f"{name}, holder {holder}, target {'acts' if acting else 'does not act'}"] = 1
        start, end = (
            self._bounds[sentence] if place.layer >= 0 else clause_region(self._scene, place, self._bounds[sentence])
        )
        for sign, name in _NAMES.items():
            if count := self._sums[sign][end] - self._sums[sign][start]:
                found[f"{name} in sentence"] = max(found.get(f"{name} in sentence", 0), min(count, 3))

    def _of_quotation(self, found: Features, place: Place) -> None:
        attribution = self._scene.attributions[place.layer]
        for sign, name in _NAMES.items():
            if count := sum(self._sums[sign][end] - self._sums[sign][start] for start, end in attribution.content):
                found[f"{name} in quotation"] = min(count, 4)
        if attribution.cue is not None:
            found[f"cue {self._scene.reading.doc[attribution.cue[0]].lemma_.lower()}"] = 1

    def _between(self, found: Features, holder: Token, target: Token) -> None:
        """How the parse joins the two."""
        chain = _chain(holder)
        if chain:
            found[f"holder {chain[0][0]}"] = 1
        found["holder first" if holder.i < target.i else "target first"] = 1
        distance = abs(holder.i - target.i)
        found[f"apart {next((n for n in (5, 10, 20) if distance < n), 'far')}"] = 1
        path = _path(holder, target)
        if path is None:
            found["no path"] = 1
            return
        up, down = path
        found[f"path of {bucket(len(up) + len(down) - 2)}"] = 1
        found[f"path over {up[-1].pos_}"] = 1
        for token in (*up[1:], *down[1:]):
            if token.pos_ in _OPEN and (sign := self._signs[token.i]):
                found[f"{_NAMES[sign]} on path"] = 1
        if len(up) > 1 and up[0].dep_ == "nsubj" and up[-1].pos_ == "VERB":
            found["holder acts on path"] = 1

    def _of_sentence(self, found: Features, pair: Pair) -> None:
        for token in self._scene.reading.doc[slice(*self._bounds[pair.sentence])]:
            if token.text in ("?", "!"):
                found[f"mark {token.text}"] = 1
            elif token.lower_ in _SMALL:
                found[f"word {token.lower_}"] = 1

    def _of_article(self, found: Features, pair: Pair) -> None:
        for stance in pair.here:
            found[f"rule {stance.relation}"] = 1
            found[f"rule {stance.pattern}"] = 1
        for stance in pair.elsewhere:
            found[f"rule {stance.relation} elsewhere"] = 1
        for stance in pair.back:
            here = self._scene.reading.sentence_of[stance.trigger.i] == pair.sentence
            found[f"rule {stance.relation} back{' here' if here else ''}"] = 1
        found[f"met in {bucket(pair.count)} sentences"] = 1
        found[f"holder mentioned {bucket(self._mentioned[pair.holder])} times"] = 1
        found[f"target mentioned {bucket(self._mentioned[pair.target])} times"] = 1
        found[f"holder spoke {bucket(self._spoke[pair.holder])} times"] = 1
        if pair.sentence == 0:
            found["headline"] = 1
        for tie in self._ties.get((pair.holder, pair.target), ()):
            found[f"holder is target's {tie}"] = 1
        for tie in self._ties.get((pair.target, pair.holder), ()):
            found[f"target is holder's {tie}"] = 1


def clause_region(scene: Scene, place: Place, sentence: tuple[int, int]) -> tuple[int, int]:
    """The tokens of the clause around the target, inside the sentence's tokens and the target's layer."""
    start, end = sentence
    clause = _clause(place.target)
    low, high = max(clause.left_edge.i, start), min(clause.right_edge.i + 1, end)
    if high - low > _REGION:
        low, high = max(low, place.target.i - _REGION // 2), min(high, place.target.i + _REGION // 2 + 1)
    layers = scene.content_of
    while low < place.target.i and layers[low] != place.layer:
        low += 1
    while high > place.target.i + 1 and layers[high - 1] != place.layer:
        high -= 1
    return low, high


def bucket(count: int) -> str:
    """Counts as words: exact up to two."""
    return str(count) if count < 3 else "3 to 5" if count < 6 else "6 or more"


def _clause(token: Token) -> Token:
    """The verb of the clause around a token."""
    current = token
    for _ in range(_DEPTH):
        if current.head == current or (current.pos_ in ("VERB", "AUX") and current.dep_ in _CLAUSES):
            break
        current = current.head
    return current


def _chain(token: Token) -> list[tuple[str, Token]]:
    """(dependency, head) from the token up to the verb of its clause, four steps at most."""
    found = []
    current = token
    for _ in range(_CHAIN):
        if current.head == current:
            break
        found.append((current.dep_, current.head))
        current = current.head
        if current.pos_ in ("VERB", "AUX") and current.dep_ in _CLAUSES and current.dep_ not in ("conj", "acl"):
            break
    return found


def _path(first: Token, second: Token) -> tuple[list[Token], list[Token]] | None:
    """From the first token up to the common head, and from the second up to below it; None in different trees."""
    up, other = _upwards(first), _upwards(second)
    places = {token.i: place for place, token in enumerate(up)}
    for place, token in enumerate(other):
        if token.i in places:
            return up[: places[token.i] + 1], other[:place]
    return None


def _upwards(token: Token) -> list[Token]:
    found = [token]
    while found[-1].head != found[-1] and len(found) < _DEPTH:
        found.append(found[-1].head)
    return found


def _ties(scene: Scene, cues: StanceCues) -> dict[tuple[int, int], frozenset[str]]:
    """(person, other) -> "ally" or "rival", where the words around the person's name call him the other's."""
    reading = scene.reading
    doc = reading.doc
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for mention in reading.mentions:
        if mention.kind is not MentionKind.NAME or reading.type_of(mention.cluster) is not EntityType.PERSON:
            continue
        root = root_of(scene, mention)
        low = max(0, mention.start - _FAR, min(root.left_edge.i, mention.start) - _BEFORE)
        high = min(len(doc), max(mention.end, min(root.right_edge.i + 1, mention.end + _BEHIND)))
        kinds = {kind for token in doc[low:high] if (kind := cues.ties.get(token.lemma_.lower())) is not None}
        if kinds:
            for i in range(max(low, mention.start - 60), high):
                other = reading.cluster_at(i)
                same = reading.sentence_of[i] == reading.sentence_of[mention.start]
                if other is not None and other != mention.cluster and same and reading.type_of(other) in SIDES:
                    found[mention.cluster, other] |= kinds
    return {pair: frozenset(kinds) for pair, kinds in found.items()}
