"""What the words around a name say of its bearer: that it is a person, and of which gender."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.nlp.lexicon import Lexicon

_OTHER_LABELS = frozenset(["", "ORG", "GPE", "PRODUCT", "WORK_OF_ART", "FAC", "LOC", "NORP", "LAW", "EVENT"])
_NOMINAL = frozenset(["nsubj", "nsubjpass", "poss", "dobj", "pobj", "dative", "agent", "conj"])
_OWN = frozenset(["his", "her", "himself", "herself"])
_HE = _OWN | {"he", "she", "him"}
_NEAR = 8
_FAR = 14
_GENDERS = ("male", "female")


def stands_alone(doc: Doc, token: Token) -> bool:
    """A proper noun that is no part of a longer phrase and has no article."""
    if token.pos_ != "PROPN" or token.ent_type_ not in _OTHER_LABELS or token.dep_ == "compound":
        return False
    if token.ent_iob_ == "I" or (token.i + 1 < len(doc) and doc[token.i + 1].ent_iob_ == "I"):
        return False
    return not any(child.dep_ in ("det", "compound", "amod", "nmod", "poss") for child in token.lefts)


def is_given_name(token: Token, lexicon: Lexicon) -> bool:
    """A given name that does what names do, where the recogniser did not take it for a place."""
    if token.lower_ in lexicon.role_heads:
        return False
    known = token.text in lexicon.genders
    return known and token.dep_ in _NOMINAL


def acts(token: Token, lexicon: Lexicon) -> bool:
    """Whether the word does, suffers or owns what only a person does, suffers or owns."""
    if token.dep_ == "nsubj":
        return token.head.lemma_ in lexicon.person_words["does"]
    if token.dep_ == "nsubjpass":
        return token.head.lemma_ in lexicon.person_words["suffers"]
    return token.dep_ == "poss" and token.head.lemma_ in lexicon.person_words["owned"]


def owns_soon(token: Token) -> bool:
    """Whether the clause goes on with "his" or "her"."""
    return token.dep_ == "nsubj" and _goes_on(token, _OWN, _NEAR, commas=False)


def followed_by_he(token: Token) -> bool:
    """Whether the sentence goes on with "he" or "she", and nobody else is named in between."""
    return _goes_on(token, _HE, _FAR, commas=True)


def _goes_on(subject: Token, words: frozenset[str], reach: int, *, commas: bool) -> bool:
    """Whether the sentence goes on with a pronoun of one person, and nobody else stands in between."""
    if subject.dep_ not in ("nsubj", "nsubjpass"):
        return False
    for token in subject.doc[subject.i + 1 : subject.i + reach]:
        if token.is_sent_start or token.ent_type_ == "PERSON" or (token.is_punct and not commas):
            return False
        if token.lower_ in words:
            return True
        if token.pos_ == "PRON" or token.dep_ == "nsubj":
            return False
    return False


def told_gender(doc: Doc, start: int, end: int, lexicon: Lexicon) -> str | None:
    """The gender that a noun beside the name tells: "actress Ada Example", "Ada Example is his sister"."""
    head = doc[end - 1]
    nouns = [child for child in head.children if child.dep_ in ("appos", "compound", "nmod")]
    if head.dep_ == "appos":
        nouns.append(head.head)
    if head.dep_ in ("nsubj", "nsubjpass") and head.head.lemma_ in ("be", "become"):
        nouns += [child for child in head.head.children if child.dep_ == "attr"]
    if start > 0:
        nouns.append(doc[start - 1])
    told = {
        gender
        for noun in nouns
        if not start <= noun.i < end and noun.ent_type_ != "PERSON"
        for gender in _GENDERS
        if noun.lower_ in lexicon.person_words[gender]
    }
    return next(iter(told)) if len(told) == 1 else None
