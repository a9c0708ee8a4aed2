"""Times of claims: when an office, membership or job began and was over, and when something was said or done.

An expression of time belongs to a claim by the parse: it hangs on the verb or noun that makes the claim, or on the
occasion ("in a speech on Tuesday"). Where that is not clear the claim gets no time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extract.base import Finding, Scene
from kg.extract.time_places import Placed, TimePlaces
from kg.extract.time_verbs import COMPLEMENTS, has_modal, holding_verb, is_coming, is_crossed, is_first_person, verb_of
from kg.extract.time_words import is_bare, time_of, time_words, year_of
from kg.model import EntityType, Modality, Polarity
from kg.model.dates import DAY, MONTH, PartialDate
from kg.nlp.reading import Role

START, END, POINT, ENDED, THEN = "startTime", "endTime", "pointInTime", "ended", "atThatTime"
UNRESOLVED = "Text"
"""Behind the name of a time: its value are the article's words, which say no exact time without more."""

_STATES = frozenset("holdsPosition memberOf worksFor spouseOf educatedAt heads".split())
"""Relations that last; all others are events."""
_SPOKEN = frozenset("accuses criticizes supports denies appearedOn retracts".split())
"""Events that take place by saying something: inside a quotation they have the time of the verb of saying."""
_TIMELESS = frozenset(["childOf"])
_WHEN = frozenset(["", "in", "on", "during", "at"])
_LASTING_ONLY = frozenset(["since", "until", "till", "from", "between"])
_REACH = 4
"""So many tokens at most stand between "former" and the noun."""
_PHRASE_ENDS = frozenset(["VERB", "AUX", "ADP", "CCONJ"])


def with_times(scene: Scene, findings: Sequence[Finding]) -> list[Finding]:
    """The findings with their times as qualifiers, resolved against the article's date of publication.

    That date itself is nobody's time. Without it relative times keep their words.
    """
    if not findings or not scene.lexicon.has_grammar:
        return list(findings)
    finder = _Times(scene)
    return [replace(finding, qualifiers=found) if (found := finder.of(finding)) else finding for finding in findings]


@dataclass(frozen=True, slots=True)
class _State:
    """The head of the phrase that names office, party or job, and the verb of holding, taking up or leaving it.

    Where a verb makes the claim both are that verb.
    """

    noun: Token
    role: Role | None
    verb: Token | None


class _Times:
    """Reads the times of one article, sentence by sentence where asked."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._reading = scene.reading
        self._doc: Doc = scene.reading.doc
        self._words = time_words()
        self._times = TimePlaces(scene.reading)
        self._roles: dict[int, Role] = {}
        for role in scene.reading.roles:
            self._roles.update(dict.fromkeys(range(role.full_start, role.end), role))

    def of(self, finding: Finding) -> tuple[tuple[str, str], ...]:
        """The qualifiers of one finding, sorted by name."""
        if finding.relation in _TIMELESS:
            return ()
        if finding.relation in _STATES:
            state = self._state(finding)
            found = dict(self._lasting(finding, state))
            if END not in found and END + UNRESOLVED not in found and self._is_over(finding, state):
                found[ENDED] = "true"
            if finding.relation != "memberOf" and self._stands_before(state.noun, state.role, self._words.then):
                found[THEN] = "true"
        else:
            found = dict(self._happening(finding))
        return tuple(sorted({*finding.qualifiers, *found.items()}))

    # Events

    def _happening(self, finding: Finding) -> Iterator[tuple[str, str]]:
        trigger = self._doc[finding.trigger]
        anchors = self._act(finding, trigger)
        found = None
        for anchor in anchors:
            for placed in self._times.near(anchor.i):
                if placed.preposition not in _WHEN or placed.expression.last or placed.expression.first["short"]:
                    continue
                inside = finding.detail is not None and finding.detail[0] <= placed.start < finding.detail[1]
                if not inside and self._dates(placed, anchor, finding):
                    if found is not None and found is not placed:
                        return  # two times, one claim
                    found = placed
        if found is not None:
            coming = is_coming(verb_of(anchors[-1]))
            if coming or not _is_open(finding) or anchors[0].i != finding.trigger:
                yield from self._value(POINT, found, coming=coming)

    def _act(self, finding: Finding, trigger: Token) -> list[Token]:
        """The verbs and nouns on which the time of what the claim says hangs; a verb of saying for what is quoted."""
        index = self._scene.content_of[finding.trigger]
        quoted = index >= 0 and self._scene.attributions[index].speaker == finding.subject
        if quoted and finding.relation in _SPOKEN and not is_first_person(trigger):
            cue = self._scene.attributions[index].cue
            if cue is None:
                return []
            return [next((t for t in self._doc[slice(*cue)] if t.pos_ == "VERB"), self._doc[cue[0]])]
        anchors = [trigger]
        if trigger.pos_ not in ("VERB", "AUX"):
            above = trigger.head
            if trigger.dep_ == "pobj" and above.dep_ == "prep" and above.head.pos_ in ("VERB", "AUX"):
                anchors.append(above.head)
            elif trigger.dep_ in ("dobj", "attr") and above.pos_ in ("VERB", "AUX"):
                anchors.append(above)
        elif trigger.dep_ == "advcl" and trigger.tag_ == "VBG":
            anchors.append(trigger.head)
        return anchors

    def _dates(self, placed: Placed, anchor: Token, finding: Finding) -> bool:
        """Whether the expression says when the anchor took place."""
        head = placed.head
        if head.i != anchor.i and head.pos_ not in ("VERB", "AUX"):
            occasion = head.lemma_.lower() in self._words.occasions or self._is_name(head)
            above = head.head
            if above.dep_ in ("prep", "agent") and head.dep_ == "pobj":
                above = above.head
            if not occasion or above.i != anchor.i or (head.dep_ == "conj"):
                return False
        elif head.i != anchor.i:
            fronted = placed.end <= head.i and anchor.dep_ == "conj" and anchor.head.i == head.i
            return fronted and not any(c.dep_ in ("nsubj", "nsubjpass") for c in anchor.children)
        return not self._is_behind_clause(placed, anchor, finding)

    def _is_name(self, noun: Token) -> bool:
        """A person or body that parsers hang a date on."""
        cluster = self._reading.cluster_at(noun.i)
        return cluster is not None and self._reading.type_of(cluster) in (
            EntityType.PERSON,
            EntityType.OUTLET,
            EntityType.PARTY,
        )

    def _is_behind_clause(self, placed: Placed, anchor: Token, finding: Finding) -> bool:
        """A clause or charge between the anchor and the time may be what the time belongs to."""
        if placed.start < anchor.i:  # "Repeating from her speech at the rally last week, Ada Example attacked"
            return any(c.dep_ in COMPLEMENTS and c.i < placed.start for c in anchor.children)
        detail = finding.detail
        if detail is not None and anchor.i < detail[0] < placed.start:
            root = next((t for t in self._doc[slice(*detail)] if not detail[0] <= t.head.i < detail[1]), anchor)
            if root.dep_ != "dobj" or root.head.i != anchor.i:
                return True
        return any(c.dep_ in COMPLEMENTS and anchor.i < c.i < placed.start for c in anchor.children)

    # States

    def _lasting(self, finding: Finding, state: _State) -> Iterator[tuple[str, str]]:
        if _is_open(finding) or finding.polarity is Polarity.NEGATIVE:
            return
        noun, role, verb = state.noun, state.role, state.verb
        if finding.relation == "memberOf" and role is not None and noun.lemma_.lower() != "member":
            return  # who led a party until 2007 may still be in it
        found: dict[str, str] = {}
        for placed in self._times.near(noun.i):
            pairs: list[tuple[str, str]] = []
            if verb is not None and placed.head.i == verb.i and not is_crossed(placed, verb):
                pairs = list(self._by_verb(verb, placed))
            elif self._on_noun(noun, role, placed):
                pairs = list(self._by_noun(placed))
            if found and pairs:
                return  # two times, one claim
            found.update(pairs)
        yield from found.items()

    def _state(self, finding: Finding) -> _State:
        token = self._doc[finding.trigger]
        role = self._roles.get(token.i)
        if role is not None:
            noun = self._doc[role.head]
            return _State(noun, role, holding_verb(noun, self._words))
        if token.pos_ not in ("VERB", "AUX"):
            mention = self._reading.mention_at(token.i)
            if mention is not None:
                token = self._doc[mention.end - 1]
            while token.dep_ in ("compound", "nmod", "amod") and token.head.i - token.i in (1, 2, 3):
                token = token.head
        return _State(token, self._roles.get(token.i), holding_verb(token, self._words))

    def _on_noun(self, noun: Token, role: Role | None, placed: Placed) -> bool:
        """Whether the expression stands right behind the phrase and hangs on a word of it."""
        if noun.pos_ not in ("NOUN", "PROPN"):
            return False
        start, end = (noun.i, noun.i + 1) if role is None else (role.start, role.end)
        if role is not None and role.link == "title":
            return False
        behind = placed.start - end
        if behind == 1 and self._doc[end].text in ("(", ","):
            behind = 0
        inside = start <= placed.head.i < end
        if not inside or not 0 <= behind <= 3:
            return False
        return placed.preposition in _LASTING_ONLY or role is None or role.link in ("apposition", "predicate")

    def _by_noun(self, placed: Placed) -> Iterator[tuple[str, str]]:
        """ "mayor from 2000 to 2008", "mayor in the 1990s"; a day says nothing of an office."""
        if placed.preposition in _LASTING_ONLY or placed.expression.last or placed.expression.first["short"]:
            yield from self._stretch(placed)
        elif placed.preposition in ("in", "during"):
            for name, value in self._value(POINT, placed, coming=False):
                if name == POINT and PartialDate.parse_time(value).precision <= MONTH:
                    yield name, value

    def _by_verb(self, verb: Token, placed: Placed) -> Iterator[tuple[str, str]]:
        """ "was elected in 2003", "served from 2000 to 2008", "resigned on Tuesday"."""
        lemma, coming = verb.lemma_.lower(), is_coming(verb)
        if coming or any(c.dep_ == "neg" for c in verb.children) or has_modal(verb):
            return
        stretch = placed.preposition in _LASTING_ONLY or placed.expression.last or placed.expression.first["short"]
        if stretch:
            if lemma in self._words.lasting:
                yield from self._stretch(placed)
        elif placed.preposition in _WHEN and verb.tag_ in ("VBD", "VBN"):
            if lemma in self._words.start:
                yield from self._value(START, placed, coming=False)
            elif lemma in self._words.chosen:
                yield START + UNRESOLVED, f"{verb.text} {self._reading.text(placed.start, placed.end)}"
            elif lemma in self._words.end:
                yield from self._value(END, placed, coming=False)
            elif lemma in self._words.lasting and verb.tag_ == "VBD":
                yield from self._value(POINT, placed, coming=False)

    def _stretch(self, placed: Placed) -> Iterator[tuple[str, str]]:
        """Beginning and end of "since", "until", "from ... to"."""
        expression = placed.expression
        published, words = self._reading.article.published, self._words
        first, last = expression.first, expression.last
        if last is None and first["short"]:
            start = int(first["y"])
            end = start - start % 100 + int(first["short"])
            if start < end:
                yield START, f"{start:04}"
                yield END, f"{end:04}"
        elif last is None:
            if placed.preposition != "between":
                name = END if placed.preposition in ("until", "till") else START
                yield from self._value(name, placed, coming=False)
        elif not expression.vague:
            year = year_of(last)
            begin = time_of(first, published, words, coming=False, year=year)
            over = time_of(last, published, words, coming=False)
            if begin is not None and over is not None and begin.earliest <= over.latest:
                yield START, str(begin)
                yield END, str(over)

    def _value(self, name: str, placed: Placed, *, coming: bool) -> Iterator[tuple[str, str]]:
        """The time, or where it is not to be had the words for it."""
        expression = placed.expression
        if not expression.vague:
            published = self._reading.article.published
            found = time_of(expression.first, published, self._words, coming=coming)
            if (
                found is not None
                and placed.preposition in ("on", "")
                and found.precision == DAY - 1
                and is_bare(expression.first)
            ):
                return
            if found is not None:
                yield name, str(found)
                return
        start = expression.start + len(expression.preposition)
        yield name + UNRESOLVED, " ".join(self._reading.article.text[start : expression.end].split())

    # Marks

    def _is_over(self, finding: Finding, state: _State) -> bool:
        """Whether the words say that it is over without saying when: "former", "ex-", "resigned"."""
        noun, role, verb = state.noun, state.role, state.verb
        if finding.polarity is Polarity.NEGATIVE or _is_open(finding):
            return False
        if verb is not None and any(
            c.lower_ == "longer" and c.i > 0 and c.nbor(-1).lower_ == "no" for c in verb.children
        ):
            return True
        if verb is not None and verb.lemma_.lower() in self._words.end:
            past = verb.tag_ in ("VBD", "VBN") and not has_modal(verb)
            return past and not any(c.dep_ == "neg" for c in verb.children)
        if finding.relation == "memberOf":  # who is a former Labour leader may still be in the party
            party = self._doc[finding.trigger]
            plain = role is None and (noun.i == party.i or self._reading.at[noun.i] >= 0)
            return plain and self._stands_before(party, None, self._words.ended)
        return self._stands_before(noun, role, self._words.ended)

    def _stands_before(self, noun: Token, role: Role | None, marks: frozenset[str]) -> bool:
        """Whether one of the words stands before the noun in its phrase."""
        doc = self._doc
        if noun.pos_ in ("VERB", "AUX"):
            return False
        if role is not None:
            places = range(role.full_start, role.start)
        else:
            low = max(noun.i - _REACH, 0)
            places = range(low, noun.i)
        for place in reversed(places):
            token = doc[place]
            if token.lower_ in marks:
                joined = doc[place + 1].text == "-"
                if token.lower_ == "late":
                    return not joined
                before = doc[place - 1].lower_ if place else ""
                aside = before == "the" or (before == "," and role is not None and role.link == "apposition")
                return token.lower_ != "then" or joined or aside
            if role is None and ((token.is_punct and token.text != "-") or token.pos_ in _PHRASE_ENDS):
                return False
        return False


def _is_open(finding: Finding) -> bool:
    return finding.modality is Modality.HYPOTHETICAL
