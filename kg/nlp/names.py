"""Which tokens name something: parties, outlets, bodies, persons, organisations, places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.model import EntityType
from kg.nlp.bodies import ORGANISATION_LAST, acronyms, full_end
from kg.nlp.lexicon import Lexicon, PhraseTable
from kg.nlp.outlets import names_outlet, of_place, outlet_end, titled_outlets
from kg.nlp.people import PersonName, find_people, is_date, is_name_part, title_before

_LONGEST_NAME = 4
_STAFF = frozenset(["campaign", "camp", "team"])


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens `[start, end)` that name something of a type; `canonical` where a word list knows the name."""

    start: int
    end: int
    type: EntityType
    title: str = ""
    gender: str | None = None
    canonical: str | None = None


class NameFinder:
    """Finds names with the word lists, the entity recogniser and the article's own full names."""

    def __init__(
        self, lexicon: Lexicon, phrases: PhraseTable, names_person: Callable[[str], bool] = lambda _: False
    ) -> None:
        self._lexicon = lexicon
        self._names_person = names_person
        self._phrases = phrases

    def find(self, doc: Doc, skipped: list[bool]) -> list[Name]:
        """All names, left to right, none overlapping another."""
        listed = self._without_plain_words(doc, self._listed(doc, skipped))
        blocked = list(skipped)
        for name in listed:
            blocked[name.start : name.end] = [True] * (name.end - name.start)
        for start, end in titled_outlets(doc, blocked, self._lexicon):
            listed.append(Name(start, end, EntityType.OUTLET))
            blocked[start:end] = [True] * (end - start)
        for place in acronyms(doc, blocked):
            listed.append(Name(place, place + 1, EntityType.ORGANIZATION))
            blocked[place] = True
        people = [p for p in find_people(doc, self._lexicon, blocked) if not _is_body(doc, p)]
        people = sorted(people + self._known(doc, people, blocked), key=lambda person: person.start)
        people += self._surnames(doc, people, blocked)
        for person in people:
            blocked[person.start : person.end] = [True] * (person.end - person.start)
        found = listed + self._staffs(doc, people, self._other(doc, blocked))
        return sorted(found, key=lambda name: name.start)

    def _listed(self, doc: Doc, skipped: list[bool]) -> list[Name]:
        words = [token.text for token in doc]
        surnames = _inner_surnames(doc)
        names: list[Name] = []
        place = 0
        while place < len(doc):
            match = None if skipped[place] else self._phrases.match(words, place)
            if match is None or self._is_inside_name(doc, place, match[0]):
                place += 1
                continue
            end, value = match
            kind, _, canonical = value.partition("\t")
            start = place + 1 if words[place] in ("the", "The") and end - place > 1 else place
            type_ = EntityType(kind)
            if type_ is EntityType.OUTLET:
                end = outlet_end(doc, end, self._lexicon)
                if self._is_no_outlet(doc, place, end, surnames):
                    place += 1
                    continue
            names.append(Name(start, end, type_, canonical=canonical or None))
            place = end
        return names

    def _without_plain_words(self, doc: Doc, names: list[Name]) -> list[Name]:
        """Drop forms like "Conservative" where the article is about another country's parties."""
        unless = self._lexicon.party_unless
        forms = {(doc[n.start : n.end].text, n.canonical) for n in names if n.canonical}
        firm = {canonical for form, canonical in forms if form not in unless}
        return [name for name in names if name.canonical in firm or not self._is_plain_word(doc, name, firm)]

    def _is_plain_word(self, doc: Doc, name: Name, firm: set[str]) -> bool:
        """Whether a form is an ordinary word in an article about another country's parties."""
        rivals = self._lexicon.party_unless.get(doc[name.start : name.end].text, frozenset())
        return bool(rivals & firm)

    def _is_inside_name(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the phrase is only a part of a longer organisation's or person's name."""
        token = doc[start]
        if token.ent_type_ == "ORG":
            stop = start
            while stop < len(doc) and doc[stop].ent_type_ == "ORG" and (stop == start or doc[stop].ent_iob_ == "I"):
                stop += 1
            if stop > end and doc[stop - 1].text in ORGANISATION_LAST - {
                "Party",
                "House",
                "Senate",
                "Congress",
            }:
                return True
        if end < len(doc) and start > 0 and token.ent_type_ == "PERSON" and doc[start - 1].ent_type_ == "PERSON":
            return doc[start].ent_iob_ == "I" and end - start == 1
        return False

    def _is_no_outlet(self, doc: Doc, start: int, end: int, surnames: set[str]) -> bool:
        """Whether the phrase is a person's surname ("Dr Fox"), a speech, or the session of a parliament."""
        if end < len(doc) and doc[end].lower_ in self._lexicon.outlet_not:
            return True
        if end - start == 1 and doc[start].text in surnames:
            return True
        before = doc[start - 1] if start > 0 else None
        if before is None:
            return False
        if end - start == 1 and before.text in self._lexicon.titles:
            return True
        owner = doc[start - 2].lower_ if before.text == "'s" and start > 1 else ""
        return owner in self._lexicon.role_heads

    def _known(self, doc: Doc, people: list[PersonName], blocked: list[bool]) -> list[PersonName]:
        """Full names of well-known people whom the recogniser calls something else."""
        taken = {i for person in people for i in range(person.start, person.end)}
        found = []
        for entity in doc.ents:
            start, end = entity.start, entity.end
            if entity.label_ == "PERSON" or not 2 <= end - start <= _LONGEST_NAME:
                continue
            free = not any(blocked[i] or i in taken or not is_name_part(doc[i]) for i in range(start, end))
            if free and self._names_person(doc[start:end].text):
                found.append(PersonName(start, end, *title_before(doc, start, self._lexicon)))
        return found

    def _surnames(self, doc: Doc, people: list[PersonName], blocked: list[bool]) -> list[PersonName]:
        """Lone surnames and given names of people whose full name stands elsewhere, whatever their label."""
        taken = {i for person in people for i in range(person.start, person.end)}
        surnames = {doc[p.end - 1].text for p in people if p.end - p.start > 1 or p.title}
        surnames -= self._lexicon.genders.keys() & {doc[p.end - 1].text for p in people if p.end - p.start == 1}
        givens = {doc[p.start].text for p in people if p.end - p.start > 1} & self._lexicon.genders.keys()
        capitals = {name.upper(): name for name in surnames}
        found = []
        for token in doc:
            text = token.text
            if token.i in taken or blocked[token.i] or not text[0].isupper():
                continue
            surname = text in surnames or (text in capitals and len(text) > 3)
            given = text in givens and token.pos_ == "PROPN"
            if (
                (surname or given)
                and token.pos_ in ("PROPN", "NOUN", "ADJ", "VERB")
                and not self._in_organisation(doc, token.i)
                and not is_date(token)
            ):
                found.append(PersonName(token.i, token.i + 1, *title_before(doc, token.i, self._lexicon)))
        return found

    def _in_organisation(self, doc: Doc, place: int) -> bool:
        following = place + 1
        if following < len(doc) and doc[following].text in ORGANISATION_LAST:
            return True
        stop = following
        while stop < len(doc) and doc[stop].ent_iob_ == "I" and doc[stop].ent_type_ == "ORG":
            stop += 1
        return doc[place].ent_type_ == "ORG" and stop > following and doc[stop - 1].text in ORGANISATION_LAST

    def _staffs(self, doc: Doc, people: list[PersonName], others: list[Name]) -> list[Name]:
        """Persons, and the bodies called after one ("the Clinton campaign"), which are no persons."""
        names = list(others)
        for person in people:
            following = doc[person.end] if person.end < len(doc) else None
            if following is not None and following.text in _STAFF:
                names.append(Name(person.start, person.end + 1, EntityType.ORGANIZATION))
            else:
                names.append(Name(person.start, person.end, EntityType.PERSON, person.title, person.gender))
        return names

    def _other(self, doc: Doc, blocked: list[bool]) -> list[Name]:
        lexicon = self._lexicon
        names = []
        for entity in doc.ents:
            start, end = entity.start, entity.end
            if entity.label_ not in ("ORG", "GPE", "LOC", "FAC", "WORK_OF_ART", "PRODUCT"):
                continue
            while start < end and (
                doc[start].lower_ in ("the", "a", "an") or doc[start].is_punct or doc[start].is_space
            ):
                start += 1
            if end - start > 2 and doc[start].lower_ in _PREFIXES and doc[start + 1].text == "-":
                start += 2
            for i in range(start, end):
                if doc[i].is_space or blocked[i] or (doc[i].text == "-" and doc[i - 1].whitespace_):
                    end = i
                    break
            while end > start and (doc[end - 1].is_punct or doc[end - 1].text == "'s"):
                end -= 1
            if (
                end <= start
                or not doc[start].text[0].isupper()
                or (doc[end - 1].text[0].islower() and end - start == 1)
            ):
                continue
            while end - start > 1 and doc[end - 1].text[0].islower():
                end -= 1
            if end - start > _LONGEST_IN_CAPITALS and all(token.text.isupper() for token in doc[start:end]):
                continue
            last = doc[end - 1].text
            if entity.label_ in ("ORG", "WORK_OF_ART", "PRODUCT") and names_outlet(doc, start, end, lexicon):
                names.append(Name(start, of_place(doc, end), EntityType.OUTLET))
            elif entity.label_ == "ORG":
                end = full_end(doc, end, blocked)
                names.append(Name(start, end, EntityType.ORGANIZATION))
            elif entity.label_ in ("GPE", "LOC"):
                force = end < len(doc) and doc[end].lower_ == "police" and not blocked[end]
                names.append(Name(start, end + force, EntityType.ORGANIZATION if force else EntityType.PLACE))
            elif last in ORGANISATION_LAST:
                names.append(Name(start, end, EntityType.ORGANIZATION))
        return names


_LONGEST_IN_CAPITALS = 4
"""More words in capitals are a headline."""
_PREFIXES = frozenset(["ex", "pro", "anti", "non"])
"""What may stand with a hyphen before a body's name and is no part of it."""


def _is_body(doc: Doc, person: PersonName) -> bool:
    """Whether a given name begins the name of a body ("Virginia University")."""
    last = doc[person.end - 1]
    return person.end - person.start > 1 and last.text in ORGANISATION_LAST and last.ent_type_ != "PERSON"


def _inner_surnames(doc: Doc) -> set[str]:
    """The last words of the persons' names that the recogniser found, where written as a name."""
    return {
        entity[-1].text
        for entity in doc.ents
        if entity.label_ == "PERSON" and len(entity) > 1 and not entity[-1].text.isupper()
    }


def phrase_values(lexicon: Lexicon) -> dict[str, str]:
    """The phrases of the word lists with type and canonical name, for a PhraseTable."""
    values = dict.fromkeys(lexicon.outlets, EntityType.OUTLET.value)
    values |= dict.fromkeys(lexicon.bodies, EntityType.ORGANIZATION.value)
    values |= {form: f"{EntityType.PARTY.value}\t{canonical}" for form, canonical in lexicon.parties.items()}
    return values
