"""Which people grammar gives an office to."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.nlp.role_bounds import Parts

_LIST_OPENERS = {"including": 1, "like": 1, "such": 2, "especially": 1, "notably": 1}
"""Words that open a list of examples, with how many tokens they take."""
_LIST_LEADS = frozenset(["from", "of", "in", "for", *_LIST_OPENERS])
_COPULAS = frozenset(["be", "become", "remain"])
_MAKERS = frozenset(["appoint", "elect", "name", "make", "nominate", "pick", "choose", "select", "install"])
_AS_VERBS = frozenset(
    [
        "serve",
        "work",
        "resign",
        "act",
        "retire",
        "quit",
        "stand",
        "run",
        "return",
        "sack",
        "appoint",
        "elect",
        "name",
        "replace",
    ]
)


def find_holders(parts: Parts, full_start: int, head: int, end: int, *, plural: bool) -> tuple[tuple[int, ...], str]:
    """The mentions that hold the office of tokens `[full_start, end)`, and by which construction."""
    for after in (end, head + 1):
        after = _over_space(parts, after)
        if after in parts.person_starts and (after >= end or parts.doc[end - 1].lower_ in ("for", "to")):
            return _with_conjuncts(parts, parts.person_starts[after], plural=plural), "title"
    before = _name_before(parts, full_start)
    if before is not None and not plural:
        return (before,), "apposition"
    behind = _name_behind(parts, full_start, head, end)
    if behind is not None and not plural:
        return (behind,), "apposition"
    if plural:
        listed = _list_behind(parts, head, end)
        return (listed, "apposition") if listed else ((), "")
    subject = _predicate_subject(parts, parts.doc[head])
    return ((subject,), "predicate") if subject is not None else ((), "")


def _list_behind(parts: Parts, head: int, end: int) -> tuple[int, ...]:
    """ "the front-runners, Ada Example and Bo Sample", "candidates including Ada Example"."""
    doc = parts.doc
    place = end
    while place < len(doc) and place - end < 7 and doc[place].lower_ in _LIST_LEADS:
        opener = _LIST_OPENERS.get(doc[place].lower_)
        if opener:
            place += opener
            break
        place += 1
        while place < len(doc) and doc[place].ent_type_ in ("GPE", "LOC", "NORP"):
            place += 1
    if place < len(doc) and doc[place].text in (",", "-", ":") and doc[place].i >= end:
        place += 1
        opener = _LIST_OPENERS.get(doc[place].lower_) if place < len(doc) else None
        place += opener or 0
    if place == end or place not in parts.person_starts:
        return ()
    people = _with_conjuncts(parts, parts.person_starts[place], plural=True)
    stop = over_brackets(parts, parts.mentions[people[-1]].end)
    closes = stop >= len(doc) or doc[stop].is_punct or doc[stop - 1].is_punct or len(people) > 1
    return people if closes and doc[head].pos_ in ("NOUN", "PROPN") else ()


def _over_space(parts: Parts, place: int) -> int:
    while place < len(parts.doc) and parts.doc[place].is_space and "\n" not in parts.doc[place].text:
        place += 1
    return place


def _with_conjuncts(parts: Parts, first: int, *, plural: bool) -> tuple[int, ...]:
    """A plural title goes to every person of the list that it opens."""
    people = [first]
    doc = parts.doc
    place = parts.mentions[first].end
    while plural and place < len(doc):
        place = over_brackets(parts, place)
        if place >= len(doc) or doc[place].lower_ not in (",", "and", "&", ";"):
            break
        step = place + 1
        if step < len(doc) and doc[step].lower_ in ("and", "&"):
            step += 1
        step = _over_titles(parts, step)
        if step not in parts.person_starts:
            break
        people.append(parts.person_starts[step])
        place = parts.mentions[people[-1]].end
    return tuple(people)


def _over_titles(parts: Parts, place: int) -> int:
    """Past "former Michigan Gov." before the next name of a list."""
    step = place
    while step < len(parts.doc) and step - place < 6 and step not in parts.person_starts:
        token = parts.doc[step]
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.is_sent_start:
            return place
        step += 1
    return step if step in parts.person_starts else place


def over_brackets(parts: Parts, place: int) -> int:
    """Past a short bracket such as "(D-W.Va.)" or an inserted ", R-Ky.," or "of Ohio"."""
    doc = parts.doc
    if place < len(doc) and doc[place].text == "(":
        close = next((k for k in range(place, min(place + 8, len(doc))) if doc[k].text.endswith(")")), None)
        return place if close is None else close + 1
    if place + 1 < len(doc) and doc[place].text == "of" and doc[place + 1].ent_type_ == "GPE":
        place += 2
        while place < len(doc) and doc[place].ent_type_ == "GPE" and doc[place].ent_iob_ == "I":
            place += 1
    return place


def over_insertion(doc: Doc, comma: int) -> int:
    """From a comma back over "of Texas" or a coordinated noun phrase, to the comma or place right behind a name.

    "Ada Example of Ohio, the chairman" and "Ada Example, the pizza maven and former candidate".
    """
    place = comma
    if place > 1 and doc[place].lower_ == "and":
        back = place - 1
        while back > 0 and place - back < 8 and doc[back].pos_ in ("NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM"):
            back -= 1
        if doc[back].text == "," and doc[back + 1].pos_ == "DET":
            place = back
    if place > 2 and doc[place].text in (",", "-"):
        back = place - 1
        while back > 0 and doc[back].ent_type_ == "GPE":
            back -= 1
        if back < place - 1 and doc[back].lower_ == "of":
            return back
    return place


def _name_before(parts: Parts, full_start: int) -> int | None:
    """The person before ", " or " - " or ", who is " that the phrase stands in apposition to."""
    doc, place = parts.doc, full_start - 1
    if place >= 2 and doc[place].lemma_ in _COPULAS and doc[place - 1].lower_ == "who":
        place -= 2
    place = over_insertion(doc, place)
    if place < 1 or doc[place].text not in (",", "-", "(", "of"):
        return None
    if doc[place - 1].text.isdigit() and place >= 3 and doc[place - 2].text == ",":
        place -= 2  # "Luay Sami, 33, the program coordinator"
    if doc[place - 1].text == ")":
        place = next((k for k in range(place - 1, max(place - 9, 0), -1) if doc[k].text == "("), place)
    index = parts.at[place - 1]
    if index < 0 or not parts.is_person(place - 1) or parts.mentions[index].end != place:
        return None
    return index


def _name_behind(parts: Parts, full_start: int, head: int, end: int) -> int | None:
    """The person behind ", " for "The rural affairs minister, Ada Example, said"."""
    doc = parts.doc
    if end + 1 >= len(doc) or doc[end].text not in (",", "-") or end + 1 not in parts.person_starts:
        return None
    mention = parts.person_starts[end + 1]
    stop = over_brackets(parts, parts.mentions[mention].end)
    closes = stop >= len(doc) or doc[stop].is_punct or doc[head].dep_ in ("nsubj", "nsubjpass")
    if parts.at[full_start - 1] >= 0 and parts.is_person(full_start - 1):
        return None
    listed = (
        stop + 1 < len(doc)
        and doc[stop].text == ","
        and doc[stop + 1].pos_ in ("PROPN", "DET")
        and (doc[stop + 1].ent_type_ == "PERSON")
    )
    return mention if closes and not listed else None


def _predicate_subject(parts: Parts, head: Token) -> int | None:
    """The person of "X is the leader", "X was elected leader", "X as leader"."""
    verb: Token | None = None
    voices: tuple[str, ...] = ("nsubj", "nsubjpass")
    if head.dep_ == "attr" and head.head.lemma_ in _COPULAS:
        verb = head.head
        if verb.tag_ in ("VB", "VBG") or any(
            child.dep_ == "neg" or (child.dep_ == "aux" and child.tag_ == "MD") for child in verb.children
        ):
            return None
    elif head.dep_ in ("oprd", "attr") and head.head.lemma_ in _MAKERS:
        verb = head.head
        if not any(child.dep_ == "nsubjpass" for child in verb.children):
            voices = ("dobj",)
    elif head.dep_ == "pobj" and head.head.lower_ == "as" and head.head.head.lemma_ in _AS_VERBS:
        verb = head.head.head
        if any(child.dep_ == "dobj" for child in verb.children):
            voices = ("dobj",)
    if verb is None:
        return None
    for child in verb.children:
        if child.dep_ in voices:
            subject = verb.head if child.lower_ in ("who", "that") and verb.dep_ == "relcl" else child
            if parts.is_person(subject.i):
                return parts.at[subject.i]
    if verb.dep_ in ("acl", "relcl", "advcl", "xcomp", "conj") and parts.is_person(verb.head.i):
        return parts.at[verb.head.i]
    return None
