"""French: a folder of word lists and patterns, read with whatever French pipeline there is.

The first tests read with a pipeline made here of a list of names and the parts of speech of a few words; the last ones
with a trained pipeline, where one is installed.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy

from kg.annotator import Annotator
from kg.config import Settings
from kg.errors import ConfigError
from kg.extract.plain import load_patterns, relations_for
from kg.model import Annotation, Article
from kg.nlp.lexicon import load_lexicon
from kg.ontology import Ontology
from kg.wikidata.starter import load_starter

TRAINED = "fr_core_news_sm"
PEOPLE = ("Ada Exemple", "Benoît Modèle", "Jean Essai", "Paul Témoin", "Marie Figurante", "Hugo Spécimen")
NOUNS = ("intérieur", "sénat", "république", "groupe", "rhône", "lyon")
TEXT = (
    "La députée socialiste Ada Exemple (PS), ancienne ministre de l'Intérieur, a accusé Benoît Modèle, maire de Lyon, "
    "d'avoir menti aux habitants. « C'est faux et il le sait très bien », a déclaré M. Modèle sur France Inter.\n\n"
    "Le président du Sénat, Jean Essai, n'a pas réagi. Invité de RTL, le porte-parole du Rassemblement national, Paul "
    "Témoin, a dénoncé « une mascarade ».\n\n"
    "Marie Figurante, sénatrice Les Républicains du Rhône, n'a pas accusé Jean Essai de mensonge. L'ex-premier "
    "ministre Hugo Spécimen, invité de BFMTV, a répondu : « Je ne suis candidat à rien, je le répète. » Les ministres "
    "Jean Essai et Paul Témoin se sont vus."
)
CLAIMS = {
    ("memberOf", "Ada Exemple", "socialiste"),
    ("memberOf", "Paul Témoin", "Rassemblement national"),
    ("memberOf", "Marie Figurante", "Les Républicains"),
    ("holdsPosition", "Ada Exemple", "députée"),
    ("holdsPosition", "Ada Exemple", "ministre de l'Intérieur"),
    ("holdsPosition", "Benoît Modèle", "maire de Lyon"),
    ("holdsPosition", "Jean Essai", "président du Sénat"),
    ("holdsPosition", "Paul Témoin", "porte-parole"),
    ("holdsPosition", "Marie Figurante", "sénatrice"),
    ("holdsPosition", "Hugo Spécimen", "premier ministre"),
    ("appearedOn", "Benoît Modèle", "France Inter"),
    ("appearedOn", "Hugo Spécimen", "BFMTV"),
    ("accuses", "Ada Exemple", "Benoît Modèle"),
}

Annotate = Callable[[str], tuple[Annotation, tuple[str, ...]]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved French pipeline that knows the people of the text and tells a few parts of speech."""
    nlp = spacy.blank("fr")
    tagger = nlp.add_pipe("attribute_ruler", name="tagger")
    for pos, words in (
        ("DET", ("le", "la", "les", "l'", "l’")),
        ("ADP", ("de", "du", "des", "à", "d'")),
        ("NOUN", NOUNS),
    ):
        tagger.add([[{"LOWER": word}] for word in words], {"POS": pos})  # type: ignore[attr-defined]
    ruler = nlp.add_pipe("entity_ruler", name="ner")
    ruler.add_patterns([{"label": "PER", "pattern": name} for name in PEOPLE])  # type: ignore[attr-defined]
    place = tmp_path_factory.mktemp("pipelines") / "small"
    nlp.to_disk(place)
    return place


@pytest.fixture
def annotate(small: Path, ontology: Ontology) -> Annotate:
    return lambda text: _annotated(str(small), ontology, text)


def _annotated(model: str, ontology: Ontology, text: str) -> tuple[Annotation, tuple[str, ...]]:
    annotator = Annotator(Settings(model=model, language="fr"), ontology, load_starter())
    (found,) = annotator.annotate([Article("fr", text)])
    assert isinstance(found, Annotation), found
    return found, annotator.notes


def _claims(found: Annotation) -> set[tuple[str, str, str]]:
    names = {entity.id: entity.name for entity in found.entities}
    return {(c.relation, names[c.subject], names[c.object] if c.object else "") for c in found.claims}


def _spoken(found: Annotation) -> list[tuple[str | None, str]]:
    names: dict[str | None, str] = {entity.id: entity.name for entity in found.entities}
    text = found.article.text
    return [(names.get(q.speaker), text[q.content.start : q.content.end]) for q in found.quotations]


def test_claims_by_patterns(annotate: Annotate) -> None:
    found, _ = annotate(TEXT)
    assert _claims(found) == CLAIMS
    (charge,) = [claim for claim in found.claims if claim.relation == "accuses"]
    assert charge.detail == "avoir menti aux habitants"
    former = {claim.evidence for claim in found.claims if claim.detail == "former"}
    assert len(former) == 2
    assert all(TEXT[c.evidence.start : c.evidence.end].strip() for c in found.claims)


def test_quotations_by_marks_and_verbs_of_speech(annotate: Annotate) -> None:
    found, _ = annotate(TEXT)
    assert _spoken(found) == [
        ("Benoît Modèle", "C'est faux et il le sait très bien"),
        ("Paul Témoin", "une mascarade"),
        ("Hugo Spécimen", "Je ne suis candidat à rien, je le répète"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Exemple n'a pas accusé Jean Essai d'avoir menti.",
        "Ada Exemple a été accusée par Jean Essai d'avoir menti.",
        "Ada Exemple pourrait accuser Jean Essai d'avoir menti.",
        "Ada Exemple a rencontré le PS. Jean Essai aussi.",
        "Les députés Ada Exemple et Jean Essai ont voté.",
        "Ada Exemple et le PS se taisent.",
        "Ada Exemple\n\nPS",
    ],
)
def test_what_patterns_must_not_find(annotate: Annotate, text: str) -> None:
    found, _ = annotate(text)
    assert _claims(found) == set()


def test_a_line_end_in_wrapped_prose_breaks_no_pattern(annotate: Annotate) -> None:
    found, _ = annotate(
        "Hier à Paris devant les journalistes et les élus de la région, Jean Essai,\nmaire de Lyon, a parlé."
    )
    assert ("holdsPosition", "Jean Essai", "maire de Lyon") in _claims(found)


def test_relations_without_patterns_are_said_to_be_off(annotate: Annotate) -> None:
    _, notes = annotate(TEXT)
    assert len(notes) == 1
    assert notes[0].startswith("in French (fr) these relations are off, since kg/extract/data/fr/patterns.tsv has no")
    assert "denies" in notes[0]
    assert "memberOf" not in notes[0]


def test_an_english_article_among_french_ones_is_skipped(small: Path, ontology: Ontology) -> None:
    annotator = Annotator(Settings(model=str(small), language="fr"), ontology, load_starter())
    english = (
        "The mayor said on Tuesday that the bridge would be closed for the summer, and that nobody had told her. " * 3
    )
    (skipped,) = annotator.annotate([Article("en", english)])
    assert "is in English (en), not in French (fr)" in getattr(skipped, "reason", "")


def test_a_language_without_a_folder_is_read_for_names(ontology: Ontology) -> None:
    relations, notes = relations_for(load_lexicon("sv"), [])
    assert relations == ()
    assert "Swedish (sv) lacks these word lists in kg/nlp/data/sv: titles.tsv" in notes[0]
    assert "Swedish (sv) has no patterns.tsv in kg/extract/data/sv: no claims are found" in notes[1]
    assert {relation.name for relation in ontology.relations} >= {"memberOf"}


@pytest.mark.parametrize(
    "row",
    [
        "memberOf\tx\t0.9\tPERSON ROLE",
        "memberOf\tx\t0.9\tPARTY PARTY",
        "memberOf\tx\tmany\tPERSON PARTY",
        "likes\tx\t0.9\tPERSON PARTY",
        "memberOf\tx\t0.9",
        "memberOf\tx\t0.9\tPERSON COLOUR PARTY",
        "memberOf\tx\t0.9\tPERSON PARTY?",
    ],
)
def test_a_pattern_that_cannot_be_used(tmp_path: Path, row: str) -> None:
    (tmp_path / "patterns.tsv").write_text(row + "\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be used"):
        load_patterns(tmp_path, ["memberOf"])


@pytest.mark.skipif(importlib.util.find_spec(TRAINED) is None, reason=f"the spaCy pipeline {TRAINED} is not installed")
def test_a_trained_pipeline(ontology: Ontology) -> None:
    found, notes = _annotated(TRAINED, ontology, TEXT)
    assert len(notes) == 1
    assert len(_claims(found) & CLAIMS) >= 0.8 * len(CLAIMS)
    assert ("Benoît Modèle", "C'est faux et il le sait très bien") in _spoken(found)
