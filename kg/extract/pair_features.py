"""What can be seen of a pair of names: readable features for the learnt biographical relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from spacy.tokens import Token

from kg.extract.kinship import kin_words
from kg.extract.pairs import BODIES, FREE, Pair, Pairs, Spot, word_classes
from kg.extract.paths import path_between, up_to_root, word_of
from kg.model import EntityType
from kg.nlp.reading import Reading

_NEAR = 10
"""Words between two names that lie farther apart are features at the ends of the gap only."""
_LONG = 9
"""So many steps make a path too long to be seen twice."""
_STEPS = 14
_POSSESSIVES = frozenset(["his", "her", "my", "their", "whose", "our"])
_SCHOOLS = frozenset(
    "university college school academy institute conservatory seminary gymnasium faculty conservatoire polytechnic "
    "université universität mit ucla yale harvard oxford cambridge stanford princeton eton".split()
)


def features(pairs: Pairs, pair: Pair) -> list[str]:
    """The names of the features that the pair has, each once."""
    found = [*_grammar(pairs.reading, pair), *_company(pairs, pair), *_kin(pairs, pair)]
    return list(dict.fromkeys(found))


def _grammar(reading: Reading, pair: Pair) -> Iterator[str]:
    """The path between the two, the words around them and what they are."""
    doc, classes = reading.doc, word_classes()
    first, second = pair.first, pair.second
    steps = path_between(doc[first.root], doc[second.root])
    shape = [step if step[0] in "^v" and step not in classes else classes.get(step, "w") for step in steps]
    yield "path=" + (" ".join(steps) if len(steps) < _LONG else "long")
    yield f"length={min(len(steps), 10)}"
    yield "shape=" + (" ".join(shape) if len(shape) < _LONG else "long")
    for name, row in (("step", steps[:_STEPS]), ("class", shape[:_STEPS])):
        for step in row:
            yield f"{name}={step}"
        for step, following in pairwise(row):
            yield f"{name}s={step} {following}"
    family = kin_words()
    for step in steps:
        if use := family.nouns.get(step):
            yield f"family={use}"
        if step in family.marry:
            yield "family=marry"
        if step in family.born:
            yield "family=born"
    low, high = (first, second) if first.start < second.start else (second, first)
    order = "12" if low is first else "21"
    yield "order=" + order
    yield f"first={first.kind} {doc[first.root].dep_}"
    yield f"second={second.kind} {second.type.value} {doc[second.root].dep_}"
    for name, spot in (("first", first), ("second", second)):
        if doc[spot.start].lower_ in _POSSESSIVES:
            yield f"{name} owns={word_of(doc[spot.root].head)}"
    between = [token for token in doc[low.end : high.start] if not token.is_space]
    yield from _around(reading, low, high, between, order)
    nearest = next((use for token in reversed(between[-8:]) if (use := _class(token, classes))), "none")
    yield f"nearest{order}={nearest}"
    verb = next((token for token in up_to_root(doc[second.root]) if token.pos_ in ("VERB", "AUX")), None)
    if verb is not None:
        yield "verb=" + verb.lemma_.lower()
    words = [token.lower_ for token in doc[second.start : second.end]]
    kind = "school" if _SCHOOLS & set(words) else "party" if "party" in words else "other"
    if second.type is not EntityType.PERSON or second.kind == "name":
        yield f"kind={kind}"
        yield "last=" + words[-1]
        for word in words:
            yield "name=" + word
        for step in steps:
            if step[0] not in "^v" or step.startswith("vprep"):
                yield f"kind step={kind} {step}"
        for step in shape:
            yield f"kind class={kind} {step}"
        yield f"kind nearest={kind} {nearest}"


def _class(token: Token, classes: Mapping[str, str]) -> str | None:
    return classes.get(token.lemma_.lower())


def _around(reading: Reading, low: Spot, high: Spot, between: Sequence[Token], order: str) -> Iterator[str]:
    """The words between the two names, before the first and behind the second."""
    doc, classes = reading.doc, word_classes()
    count = len(between)
    yield f"gap={count if count < 3 else '3' if count < 4 else '4+' if count < 9 else '9+' if count < 20 else '20+'}"
    if count <= 5:
        yield f"between{order}=" + " ".join(word_of(token) for token in between)
    for token in between[-12:]:
        if use := _class(token, classes):
            yield f"class between{order}={use}"
    if count <= _NEAR:
        for token in between:
            yield f"in{order}=" + word_of(token)
    else:
        for token in between[:4]:
            yield f"from{order}=" + word_of(token)
        for token in between[-4:]:
            yield f"to{order}=" + word_of(token)
    sentence = reading.sentence_of[low.start]
    before = [t for t in doc[max(low.start - 5, 0) : low.start] if reading.sentence_of[t.i] == sentence]
    behind = [t for t in doc[high.end : high.end + 5] if reading.sentence_of[t.i] == sentence]
    for name, tokens, close in (("before", before, before[-3:]), ("behind", behind, behind[:3])):
        for token in close:
            yield f"{name}{order}=" + word_of(token)
        for token in tokens:
            if use := _class(token, classes):
                yield f"class {name}{order}={use}"


def _company(pairs: Pairs, pair: Pair) -> Iterator[str]:
    """Who else is named in the sentence, and where."""
    first, second = pair.first, pair.second
    sentence = pairs.reading.sentence_of[first.start]
    pair_of = (first.who, second.who)
    people = [spot for spot in pairs.people.get(sentence, ()) if spot.who not in pair_of]
    low, high = sorted((first.start, second.start))
    yield f"people={min(len({spot.who for spot in people}), 3)}"
    yield f"people between={min(len({spot.who for spot in people if low < spot.start < high}), 2)}"
    yield f"nearer={any(abs(spot.start - second.start) < high - low for spot in people)}"
    if second.type is not EntityType.PERSON or second.kind in ("name", FREE):
        bodies = [s for s in pairs.bodies.get(sentence, ()) if s.who not in pair_of and s.type in BODIES]
        yield f"bodies between={min(sum(low < spot.start < high for spot in bodies), 3)}"
        what = f"{second.type.value} {second.kind}"
        yield f"body before={any(0 <= second.start - spot.end < 3 for spot in bodies)} {what}"
        yield f"body behind={any(0 <= spot.start - second.end < 3 for spot in bodies)} {what}"
    root = pairs.reading.doc[first.root]
    yield f"main={root.dep_ in ('nsubj', 'nsubjpass') and root.head.dep_ == 'ROOT'} {first.kind}"


def _kin(pairs: Pairs, pair: Pair) -> Iterator[str]:
    """What the nouns of family say of the two: `kin` where the first bears the noun, `nik` where the second does."""
    first, second = pair.first.who, pair.second.who
    uses: dict[int, list[tuple[str, frozenset[int]]]] = {first: [], second: []}
    for link in pairs.kin.get(pairs.reading.sentence_of[pair.first.start], ()):
        for bearer, owner, name in ((first, second, "kin"), (second, first, "nik")):
            if bearer not in link.bearers:
                continue
            uses[bearer].append((link.kin.use, link.owners))
            if owner in link.owners:
                yield f"{name}={link.kin.use}"
                yield f"{name} how={link.kin.use} {link.kin.how}"
                yield f"{name} word={pairs.reading.doc[link.kin.noun].lemma_.lower()}"
            else:
                yield f"{name} of another={link.kin.use}"
    for use, owners in uses[first]:
        for other, others in uses[second]:
            if owners & others:
                yield f"same owner={use} {other}"
