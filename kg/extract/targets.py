"""Who does what to whom on the parse, through control, coordination and relative clauses."""

from __future__ import annotations

from spacy.tokens import Token

SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_RELATIVE = frozenset(["who", "which", "that", "whom", "whose"])
_CONTROL = frozenset(["advcl", "pcomp", "conj", "prep", "acomp"])
_CLAUSES = frozenset(["ccomp", "dep", "parataxis"])
_PARTICIPLES = frozenset(["VBG", "VBN"])
_STEPS = 6
"""How many verbs a subject is looked for up the tree."""


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of the dependencies."""
    for other in token.children:
        if other.dep_ in deps:
            return other
    return None


def children(token: Token, *deps: str) -> list[Token]:
    """The children with one of the dependencies, and what is coordinated with them."""
    found = []
    for other in token.children:
        if other.dep_ in deps:
            found += [other, *other.conjuncts]
    return found


def with_particles(verb: Token) -> list[Token]:
    """The children of the verb and of its particles ("hit back at", "pushed back on")."""
    found = list(verb.children)
    for other in verb.children:
        if other.dep_ in ("prt", "advmod"):
            found += other.children
    return found


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive, reduced relative participles ("accused of lying") included."""
    for other in verb.children:
        if other.dep_ in ("nsubjpass", "auxpass"):
            return True
        if other.dep_ == "nsubj":
            return False
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        return is_passive(verb.head)
    if child(verb, "agent") is not None:
        return True
    return verb.dep_ in ("acl", "advcl") and child(verb, "dobj", "aux") is None


def subject_of(verb: Token) -> Token | None:
    """The grammatical subject, also where it is shared, controlled, or the head of a relative clause."""
    current = verb
    for _ in range(_STEPS):
        own = child(current, "nsubj", "nsubjpass")
        if own is not None:
            return antecedent(own, current)
        head = current.head
        if head == current:
            return None
        if current.dep_ in ("relcl", "acl"):
            return head
        if current.dep_ == "xcomp":
            controller = child(head, "dobj")
            if controller is None and head.lemma_ in _CALLING:
                on = child(head, "prep")
                controller = None if on is None else child(on, "pobj")
            if controller is not None and head.lemma_ not in _SUBJECT_CONTROL:
                return controller
        elif current.dep_ == "prep" and head.pos_ in ("NOUN", "PROPN"):
            owner = child(head, "poss")
            if owner is not None:
                return owner
            return _subject_around(head) if current.lower_ in _TEMPORAL else None
        elif current.dep_ in _CLAUSES:
            if current.tag_ not in _PARTICIPLES:
                return None
        elif current.dep_ not in _CONTROL:
            return None
        current = head
    return None


def _subject_around(noun: Token) -> Token | None:
    """The subject of the clause in which the noun stands."""
    current = noun
    for _ in range(_STEPS):
        if current.pos_ in ("VERB", "AUX"):
            own = child(current, "nsubj", "nsubjpass")
            if own is not None:
                return antecedent(own, current)
        if current.head == current:
            return None
        current = current.head
    return None


_TEMPORAL = frozenset(["after", "before", "while", "when", "since", "by"])
_CALLING = frozenset(["call", "appeal"])
_SUBJECT_CONTROL = frozenset(["promise", "use", "take", "make", "vow"])


def antecedent(subject: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for, else the subject itself."""
    if subject.lower_ in _RELATIVE and subject.tag_ in ("WP", "WDT", "IN", "DT", "WP$"):
        near = _name_before(subject) if subject.lower_ in ("who", "whom", "whose") else None
        current = verb
        for _ in range(_STEPS):
            if current.dep_ in ("relcl", "acl"):
                head = current.head
                return near if near is not None and head.dep_ != "appos" and not head.ent_type_ else head
            if current.dep_ not in ("conj", "xcomp", "ccomp", "advcl") or current.head == current:
                return subject
            current = current.head
    return subject


def _name_before(pronoun: Token) -> Token | None:
    """The person's name right before "who", which a parse may pass over."""
    doc, place = pronoun.doc, pronoun.i - 1
    if place >= 0 and doc[place].is_punct:
        place -= 1
    return doc[place] if place >= 0 and doc[place].ent_type_ == "PERSON" else None


def agent_of(verb: Token) -> Token | None:
    """Who acts: the subject, or in the passive the noun behind "by"."""
    if not is_passive(verb):
        return subject_of(verb)
    agent = child(verb, "agent")
    return None if agent is None else child(agent, "pobj")
