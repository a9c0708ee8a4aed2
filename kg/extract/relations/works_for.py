"""worksFor: a person is employed by, speaks for, edits or hosts an organisation or outlet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.base import Finding, Scene, modality_of, person_at, polarity_of
from kg.extract.biography import biography
from kg.extract.employment import Employer, Employers, campaign_of, employment_words, is_seat, jobs
from kg.extract.targets import agent_of, child, subject_of
from kg.model import EntityType, MentionKind, Polarity
from kg.nlp.reading import Role, TokenMention

RELATION = "worksFor"

_CONFIDENCE = {
    "title": 0.93,
    "owner": 0.92,
    "apposition": 0.88,
    "of": 0.85,
    "job": 0.85,
    "stack": 0.85,
    "predicate": 0.8,
    "list": 0.75,
    "campaign": 0.6,
    "unnamed": 0.75,
    "verb": 0.65,
}
_OF = frozenset(["of", "from", "at"])
_LOOSE = frozenset([",", "-", "now", "acting", "currently", "then", "the", "a", "an", "interim"])


def find(scene: Scene) -> Iterator[Finding]:
    """Offices and occupations with an employer beside them, "O's X", "X of O", and verbs of working."""
    finder = _Finder(scene)
    yield from finder.by_roles()
    yield from finder.by_jobs()
    yield from finder.by_names()
    yield from finder.by_verbs()
    yield from biography(scene, RELATION)


class _Finder:
    """The patterns, one method each."""

    def __init__(self, scene: Scene) -> None:
        self._reading = scene.reading
        self._doc = scene.reading.doc
        self._employers = Employers(scene.reading, scene.lexicon)

    def by_roles(self) -> Iterator[Finding]:
        """Offices whose phrase names the employer, with whoever holds them by grammar."""
        reading = self._reading
        last: tuple[Employer, int] | None = None
        for number, role in enumerate(reading.roles):
            if is_seat(self._doc[role.head]):
                continue
            people, link = self._people(number)
            if not people:
                continue
            employer, pattern = self._of_role(role, link)
            if employer is None and last is not None and self._continues(last[1], role):
                employer, pattern = last[0], "list"
            if employer is None:
                continue
            last = employer, max(person.end for person in people)
            note = self._job(role, employer)
            for person in people:
                if pattern == "campaign" and employer.start <= person.start < employer.end:
                    continue
                start, end = min(role.full_start, person.start), max(role.end, person.end)
                if pattern != "list":
                    start, end = min(start, employer.start), max(end, employer.end)
                yield _finding(person, employer, start, end, pattern, role.head, note)

    def _people(self, number: int) -> tuple[list[TokenMention], str]:
        """Who holds the office: by its link, by one of several titles, or loosely apposed."""
        reading = self._reading
        role = reading.roles[number]
        if role.people and not self._is_owner(role):
            return [reading.mentions[index] for index in role.people], role.link
        before = reading.roles[number - 1] if number else None
        if before is not None and before.people and before.end == role.full_start:
            return [reading.mentions[index] for index in before.people], "stack"
        following = reading.roles[number + 1] if number + 1 < len(reading.roles) else None
        if following is not None and following.people and following.link == "title":
            between = [token.lower_ for token in self._doc[role.end : following.full_start]]
            if between in ([], ["and"], [","]):
                return [reading.mentions[index] for index in following.people], "stack"
        place = role.full_start - 1
        commas = 0
        while place > 0 and (self._doc[place].lower_ in _LOOSE or self._doc[place].is_digit):
            commas += self._doc[place].text == ","
            place -= 1
        mention = reading.mention_at(place) if place >= 0 and commas else None
        if mention is not None and person_at(reading, place) is not None and not role.plural:
            return [mention], "apposition"
        behind = role.end + 1
        if (
            behind < len(self._doc)
            and self._doc[role.end].text == ","
            and role.full_start - self._employers.sentence_start(role.head) < 2
        ):
            mention = reading.mention_at(behind)
            if mention is not None and person_at(reading, behind) is not None and not role.plural:
                return [mention], "apposition"
        head = self._doc[role.head]
        if head.dep_ == "pobj" and head.head.lower_ == "as" and child(head.head.head, "dobj") is None:
            subject = subject_of(head.head.head)
            mention = None if subject is None else reading.mention_at(subject.i)
            if mention is not None and subject is not None and person_at(reading, subject.i) is not None:
                return [mention], "predicate"
        return [], ""

    def _is_owner(self, role: Role) -> bool:
        """Whether the person behind "adviser to President" only owns what follows ("Example's office")."""
        end = self._reading.mentions[role.people[0]].end
        possessive = end < len(self._doc) and self._doc[end].tag_ == "POS"
        return possessive and role.link == "title" and role.end > role.head + 1

    def _of_role(self, role: Role, link: str) -> tuple[Employer | None, str]:
        """The employer inside the office's name, before it or behind it, and the pattern that says so."""
        found = (
            self._employers.inside(role.full_start, role.end, role.head)
            or self._employers.before(role.full_start)
            or self._employers.before(role.start)
            or self._employers.behind(role.end)
            or self._employers.behind(role.head + 1)
        )
        if found is not None:
            return (found, link) if self._employers.employs(found, role.head) else (None, "")
        campaign = campaign_of(self._reading, role.full_start, role.head)
        if campaign is not None:
            return campaign, "campaign"
        if link in ("title", "apposition") and not role.plural:
            return self._employers.unnamed(role.start, role.head), "unnamed"
        return None, ""

    def _continues(self, last_end: int, role: Role) -> bool:
        """Whether the office goes on with a list ("O chairman X, director Y and editor Z")."""
        between = [token.lower_ for token in self._doc[last_end : role.full_start]]
        return between in ([","], ["and"], [",", "and"]) and role.link == "title" and role.full_start == role.start

    def _job(self, role: Role, employer: Employer) -> str:
        """The office without the employer's name."""
        doc = self._doc
        start, end = role.start, role.end
        if start <= employer.start < role.head:
            start = min(employer.end, role.head)
            while start < role.head and (doc[start].tag_ == "POS" or doc[start].is_punct):
                start += 1
        elif role.head < employer.start < end:
            end = employer.start
            while end > role.head + 1 and (doc[end - 1].pos_ in ("ADP", "DET", "ADJ") or doc[end - 1].is_punct):
                end -= 1
        words = " ".join(self._reading.text(start, end).split())
        return f"former {words}" if role.former else words

    def by_jobs(self) -> Iterator[Finding]:
        """Occupations such as "journalist": person by title, apposition or copula, employer beside it."""
        doc, reading = self._doc, self._reading
        for noun in jobs(reading):
            person = self._holder(noun)
            if person is None:
                continue
            start = noun.i
            while start > 0 and doc[start - 1].pos_ in ("NOUN", "ADJ", "PROPN") and reading.at[start - 1] < 0:
                start -= 1
            employer = (
                (self._employers.at(start - 1) if start > 0 else None)
                or self._employers.before(start)
                or self._employers.behind(noun.i + 1)
            )
            if employer is not None:
                low, high = (
                    min(start, employer.start, person.start),
                    max(noun.i + 1, employer.end, person.end),
                )
                note = " ".join(reading.text(start, noun.i + 1).split())
                finding = _finding(person, employer, low, high, "job", noun.i, note)
                denied = noun.dep_ == "attr" and polarity_of(noun.head) is Polarity.NEGATIVE
                yield replace(finding, polarity=Polarity.NEGATIVE) if denied else finding

    def _holder(self, noun: Token) -> TokenMention | None:
        """The person who has the occupation."""
        reading = self._reading
        for place in (noun.i + 1, noun.i + 2):
            if place < len(self._doc) and person_at(reading, place) is not None:
                mention = reading.mention_at(place)
                named = mention is not None and mention.kind is MentionKind.NAME
                if mention is not None and named and (place == noun.i + 1 or mention.title):
                    return mention
        places: list[Token] = []
        if noun.dep_ in ("appos", "compound", "nmod"):
            places.append(noun.head)
        elif noun.dep_ == "attr":
            subject = subject_of(noun.head)
            places += [] if subject is None else [subject]
        places += [other for other in noun.children if other.dep_ == "appos"]
        for token in places:
            if person_at(reading, token.i) is not None:
                return reading.mention_at(token.i)
        return None

    def by_names(self) -> Iterator[Finding]:
        """Names side by side: "the BBC's X", "X of the Y League", "X, from Y", "host X on Y"."""
        doc, reading = self._doc, self._reading
        for person in reading.mentions:
            if (
                person.kind is not MentionKind.NAME
                or reading.type_of(person.cluster) is not EntityType.PERSON
                or reading.skipped[person.start]
            ):
                continue
            start = person.start - len(person.title.split())
            owner = self._employers.before(start)
            if owner is not None:
                yield _finding(person, owner, owner.start, person.end, "owner", person.start)
            noun = start - 2 if start > 1 and doc[start - 1].text == "," else start - 1
            if noun > 0 and doc[noun].lower_ in employment_words().air:
                owner = self._employers.before(noun)
                if owner is not None:
                    yield _finding(person, owner, owner.start, person.end, "owner", noun, doc[noun].text)
            place = person.end
            if place + 1 < len(doc) and doc[place].text == ",":
                place += 1
            if place >= len(doc):
                continue
            on = doc[place].lower_ == "on" and start > 0 and doc[start - 1].lower_ in employment_words().air
            if on:
                employer = self._employers.at(place + 1) or (
                    self._employers.at(place + 2) if place + 2 < len(doc) else None
                )
            elif doc[place].lower_ in _OF:
                employer = self._employers.behind(place, chain=False)
            else:
                continue
            if employer is None and place == person.end and doc[place].lower_ in ("of", "from"):
                employer = self._employers.unnamed_behind(place, words=2)
                if employer is not None:
                    yield _finding(person, employer, person.start, employer.end, "unnamed", person.start)
            elif employer is not None and (on or doc[place].lower_ in ("of", "from") or place > person.end):
                yield _finding(person, employer, person.start, employer.end, "of", person.start)

    def by_verbs(self) -> Iterator[Finding]:
        """Verbs of working for, running, hosting and joining."""
        words = employment_words()
        for verb in self._doc:
            if verb.pos_ != "VERB" or self._reading.skipped[verb.i]:
                continue
            lemma = verb.lemma_.lower()
            if lemma in words.works:
                for preposition in verb.children:
                    if preposition.dep_ in ("prep", "agent") and preposition.lower_ in ("for", "at", "by"):
                        yield from self._by_verb(verb, child(preposition, "pobj"))
            elif lemma in words.runs or lemma in words.airs or lemma in words.joins:
                prepositions = {other.lower_ for other in verb.children if other.dep_ == "prep"}
                if lemma not in words.joins or "as" in prepositions:
                    yield from self._by_verb(verb, child(verb, "dobj"), outlet=lemma in words.airs)

    def _by_verb(self, verb: Token, target: Token | None, *, outlet: bool = False) -> Iterator[Finding]:
        employer = None if target is None else self._employers.at(target.i)
        if target is not None and employer is None and outlet:
            for place in range(target.i + 1, min(target.i + 4, len(self._doc))):
                employer = employer or self._employers.at(place)
        subject = agent_of(verb) if verb.lemma_ not in ("employ", "hire") else subject_of(verb)
        if employer is None or subject is None or person_at(self._reading, subject.i) is None:
            return
        named = employer.end_of_claim
        if outlet and not (isinstance(named, int) and self._reading.type_of(named) is EntityType.OUTLET):
            return
        person = self._reading.mention_at(subject.i)
        if person is not None:
            start, end = min(person.start, verb.i, employer.start), max(person.end, verb.i + 1, employer.end)
            finding = _finding(person, employer, start, end, "verb", verb.i, verb.text)
            yield replace(finding, polarity=polarity_of(verb), modality=modality_of(verb))


def _finding(
    person: TokenMention,
    employer: Employer,
    start: int,
    end: int,
    pattern: str,
    trigger: int,
    note: str | None = None,
) -> Finding:
    return Finding(
        relation=RELATION,
        subject=person.cluster,
        object=employer.end_of_claim,
        start=start,
        end=end,
        pattern=pattern,
        confidence=_CONFIDENCE[pattern],
        trigger=trigger,
        note=note,
    )
