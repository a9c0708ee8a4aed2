"""appearedOn: a person speaks to, in or on a named outlet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.appearances import AppearanceCues, Link, appearance_cues, climb, outlet_mentions
from kg.extract.base import Finding, Scene, modality_of, person_at, polarity_of
from kg.extract.targets import SUBJECTS, child, is_passive, subject_of
from kg.model import EntityType, MentionKind, Modality, Polarity
from kg.nlp.reading import TokenMention

RELATION = "appearedOn"

_CONFIDENCE = {
    "told": 0.94,
    "on": 0.92,
    "event": 0.89,
    "in": 0.85,
    "to": 0.85,
    "asked": 0.85,
    "author": 0.8,
    "guest": 0.7,
}
_REFUSALS = frozenset(["decline", "refuse", "cancel", "avoid", "skip", "boycott", "reject", "request", "demand"])


@dataclass(frozen=True, slots=True)
class _Appearance:
    """One person at one outlet. `verb` is what makes the claim, where negation and modality of it count."""

    person: int
    mention: TokenMention
    trigger: Token
    mode: str
    pattern: str
    verb: Token | None = None


def find(scene: Scene) -> Iterator[Finding]:
    """Persons who tell an outlet, speak or write there, are interviewed by it, or debate on it."""
    reading = scene.reading
    links = [
        (mention, link)
        for mention in outlet_mentions(reading)
        if (link := climb(reading, mention, scene.lexicon.role_heads)) is not None
    ]
    staff = {(host, mention.cluster) for mention, link in links for host in link.hosts}
    finder = _Finder(scene, appearance_cues())
    for mention, link in links:
        for found in finder.appearances(link):
            own = (found.person, mention.cluster) in staff or found.person in link.hosts
            if own and found.mode != "article":
                continue
            yield _finding(scene, mention, link, found)


def _finding(scene: Scene, outlet: TokenMention, link: Link, found: _Appearance) -> Finding:
    verb, trigger = found.verb, found.trigger
    return Finding(
        relation=RELATION,
        subject=found.person,
        object=outlet.cluster,
        start=min(found.mention.start, trigger.i, _phrase_start(scene, outlet, link)),
        end=max(found.mention.end, trigger.i + 1, outlet.end),
        pattern=found.pattern,
        confidence=_CONFIDENCE[found.pattern],
        trigger=trigger.i,
        note=found.mode,
        polarity=Polarity.POSITIVE if verb is None else polarity_of(verb),
        modality=Modality.ASSERTED if verb is None else modality_of(verb),
        attributed_to=scene.speaker_at(trigger.i),
    )


def _phrase_start(scene: Scene, outlet: TokenMention, link: Link) -> int:
    """Where the phrase around the outlet starts: at "In an interview with", "on the"."""
    doc, start = scene.reading.doc, outlet.start
    if link.kind == "event" and link.token.head.pos_ == "ADP" and -8 < link.token.head.i - start < 0:
        return int(link.token.head.i)
    for place in range(start - 1, max(start - 4, -1), -1):
        if doc[place].pos_ == "ADP":
            return place
        if doc[place].pos_ != "DET" and not doc[place].is_quote:
            break
    return start


class _Finder:
    """The patterns, one method a kind of link."""

    def __init__(self, scene: Scene, cues: AppearanceCues) -> None:
        self._scene = scene
        self._reading = scene.reading
        self._cues = cues

    def appearances(self, link: Link) -> Iterator[_Appearance]:
        """Who appears by the verb or occasion that an outlet hangs on."""
        token, kind, cues = link.token, link.kind, self._cues
        if kind == "event":
            yield from self._at_event(token, link.mode)
        elif kind == "object":
            mode = cues.mode("told", token)
            if mode is not None and not is_passive(token):
                yield from self._by_verb(token, mode, "told")
        elif kind == "agent" or (kind == "by" and is_passive(token)):
            mode = cues.mode("asks", token)
            if mode is not None:
                yield from self._by_verb(token, mode, "asked")
            elif cues.mode("held", token) is not None and link.hosts:
                yield from self._written_by(token, link.hosts)
        elif kind == "subject":
            yield from self._asked(token)
        elif kind == "on":
            if cues.mode("not_on", token) is None:
                yield from self._by_verb(token, cues.mode("on", token) or "interview", "on")
        else:
            mode = cues.mode(kind, token)
            if mode is not None:
                yield from self._by_verb(token, mode, "in" if kind == "in" else "to")

    def _by_verb(self, verb: Token, mode: str, pattern: str) -> Iterator[_Appearance]:
        yield from self._named(self._subject(verb), verb, mode, pattern, verb)

    def _named(
        self, noun: Token | None, trigger: Token, mode: str, pattern: str, verb: Token | None = None
    ) -> Iterator[_Appearance]:
        """An appearance for each person whom a noun phrase names, coordinated ones included."""
        listed = [] if noun is None else [noun, *noun.conjuncts]
        for one in listed:
            for place in (one, *(other for other in one.children if other.dep_ == "appos")):
                mention = self._mention(place)
                if mention is not None:
                    yield _Appearance(mention.cluster, mention, trigger, mode, pattern, verb)
                    if len(listed) == 1:
                        break  # in "Ada Example, Bo Sample and Cy Test" the parser sees the second as an apposition

    def _mention(self, token: Token) -> TokenMention | None:
        """The mention of a person at the token; "I" means whose words it stands in."""
        if person_at(self._reading, token.i) is not None:
            return self._reading.mention_at(token.i)
        speaker = self._scene.speaker_at(token.i) if token.lower_ == "i" else None
        if speaker is None or self._reading.type_of(speaker) is not EntityType.PERSON:
            return None
        return TokenMention(token.i, token.i + 1, MentionKind.PRONOUN, speaker)

    def _is_person(self, noun: Token | None) -> bool:
        return next(self._named(noun, noun, "", ""), None) is not None if noun is not None else False

    def _subject(self, verb: Token) -> Token | None:
        """The subject, the nearest where the parser gives two; else the person right before the verb."""
        own = [other for other in verb.children if other.dep_ in SUBJECTS]
        people = [other for other in own if self._is_person(other)]
        if people:
            return min(people, key=lambda other: (other.i > verb.i, abs(other.i - verb.i)))
        subject = subject_of(verb)
        if subject is None or (verb.tag_ == "VBG" and not self._is_person(subject)):
            above = verb
            while above.dep_ in ("advcl", "ccomp", "conj", "xcomp") and above.head is not above:
                above = above.head
                if self._is_person(child(above, *SUBJECTS)):
                    return child(above, *SUBJECTS)
        return subject if subject is not None or own else self._right_before(verb)

    def _right_before(self, verb: Token) -> Token | None:
        """The parser lost the subject: a person's name that ends before the verb, a comma aside."""
        doc, place = self._reading.doc, verb.i - 1
        while place > 0 and doc[place].pos_ in ("AUX", "ADV"):
            place -= 1
        if place > 0 and doc[place].text == ",":
            place -= 1
            if person_at(self._reading, place) is None or doc[place].pos_ != "PROPN":
                # "Ada Example, the mayor, said"
                commas = [k for k in range(place, max(place - 8, 0), -1) if doc[k].text == ","]
                place = commas[0] - 1 if commas else place
        return doc[place] if place >= 0 and person_at(self._reading, place) is not None else None

    def _asked(self, verb: Token) -> Iterator[_Appearance]:
        """The outlet or its reporter asks somebody, or speaks with somebody."""
        mode = self._cues.mode("asks", verb)
        if mode == "interview":
            yield from self._named(child(verb, "dobj", "dative"), verb, mode, "asked", verb)
        mode = self._cues.mode("hears", verb)
        if mode is not None:
            for preposition in verb.children:
                if preposition.dep_ == "prep" and preposition.lower_ in ("with", "to", "from"):
                    yield from self._named(child(preposition, "pobj"), verb, mode, "asked", verb)

    def _written_by(self, verb: Token, hosts: tuple[int, ...]) -> Iterator[_Appearance]:
        """The piece "written by O's X"."""
        for place in range(verb.i + 1, min(verb.i + 12, len(self._reading.doc))):
            mention = self._reading.mention_at(place)
            if mention is not None and mention.cluster in hosts:
                yield _Appearance(mention.cluster, mention, verb, "article", "author")
                return

    def _at_event(self, noun: Token, mode: str) -> Iterator[_Appearance]:
        """Who gives the interview, writes the piece or takes part in the debate."""
        found = list(self._named(child(noun, "poss"), noun, mode, "event"))
        if mode == "article":
            found += self._authors(noun)
        found = found or list(self._doers(noun, mode))
        if not found or mode == "debate" or noun.lemma_ == "panel":
            for preposition in noun.children:
                if preposition.lower_ in ("with", "of", "between") and preposition.dep_ == "prep":
                    found += self._named(child(preposition, "pobj"), noun, mode, "guest")
        yield from found

    def _authors(self, noun: Token) -> Iterator[_Appearance]:
        """The persons behind "by" or "from" right after the noun, wherever the parser attached them."""
        doc = self._reading.doc
        for place in range(noun.i + 1, min(noun.i + 4, len(doc) - 1)):
            if doc[place].lower_ == "by":
                yield from self._named(child(doc[place], "pobj"), noun, "article", "author")
                return

    def _doers(self, noun: Token, mode: str) -> Iterator[_Appearance]:
        """The subject of the clause in which the occasion stands ("In an interview with O, X said")."""
        head = noun
        while head.dep_ in ("conj", "appos") and head.head.pos_ in ("NOUN", "PROPN"):
            head = head.head
        above = head.head
        if head.dep_ in ("dobj", "npadvmod"):
            if self._cues.mode("held", above) is not None:
                yield from self._by_verb(above, mode, "event")
        elif head.dep_ == "pobj" and self._cues.mode("during", above.lower_) is not None:
            yield from self._in_clause(above, mode)

    def _in_clause(self, preposition: Token, mode: str) -> Iterator[_Appearance]:
        place = preposition.head
        for _ in range(3):
            if place.pos_ in ("VERB", "AUX") or place.head is place:
                break
            if self._cues.mode("words", place) is not None and child(place, "poss") is not None:
                yield from self._named(child(place, "poss"), place, mode, "event")
                return
            place = place.head
        if place.pos_ not in ("VERB", "AUX") or (place.lemma_ in _REFUSALS and preposition.i > place.i):
            return
        subject = self._subject(place)
        found = list(self._named(subject, place, mode, "event"))
        if not found and subject is not None and self._cues.mode("words", subject) is not None:
            found = list(self._named(child(subject, "poss"), place, mode, "event"))
        yield from found
