"""Reads ontology/*.ttl: the relations, what they join, and Wikidata's properties for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import OntologyError
from kg.model import EntityType
from kg.rdf.namespaces import KG, WD
from kg.rdf.vocab import ENTITY_CLASSES

SHAPES_FILE = "shapes.ttl"

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_OWL = "http://www.w3.org/2002/07/owl#"

_Values = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation; `iri`, `claim_class`, `domain` and `range` are IRIs, `wikidata` holds "P102".

    `wikidata_inverse` holds the properties by which Wikidata says it on the object's item.
    `domain_types` and `range_types` are the entity types that `domain` and `range` admit, subclasses
    included.
    """

    name: str
    iri: str
    label: str
    comment: str
    claim_class: str
    domain: str
    range: str
    domain_types: tuple[EntityType, ...]
    range_types: tuple[EntityType, ...]
    wikidata: tuple[str, ...] = ()
    object_optional: bool = False
    wikidata_inverse: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ontology:
    """The relations, sorted by name, and the ontology's version."""

    relations: tuple[Relation, ...]
    version: str

    def relation(self, name: str) -> Relation:
        """The relation called `name`; OntologyError saying what to add where there is none."""
        for relation in self.relations:
            if relation.name == name:
                return relation
        known = ", ".join(relation.name for relation in self.relations)
        raise OntologyError(
            f"the ontology has no relation {name!r} (it has {known}); add kg:{name} as a kg:Relation to "
            "ontology/kg.ttl, with label, comment, domain, range, kg:claimClass and kg:objectOptional"
        )


def load_ontology(folder: Path) -> Ontology:
    """The ontology of the Turtle files in `folder`, shapes apart; OntologyError where it lacks anything."""
    values = _values(read_triples(folder))
    names = sorted(iri for iri, row in values.items() if KG + "Relation" in row.get(_TYPE, ()))
    if not names:
        raise OntologyError(f"no relation found in {str(folder)!r}; kg.ttl with a kg:Relation is needed")
    return Ontology(tuple(_relation(iri, values) for iri in names), _version(values, folder))


def read_triples(folder: Path) -> list[Triple]:
    """The triples of the Turtle files in `folder`, shapes apart, files in name order, no triple twice."""
    files = sorted(path for path in folder.glob("*.ttl") if path.name != SHAPES_FILE)
    if not files:
        raise OntologyError(f"no .ttl file in {str(folder)!r}; the folder with kg.ttl is needed")
    triples: dict[Triple, None] = {}
    for path in files:
        try:
            found = [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]
        except (SyntaxError, OSError) as error:
            raise OntologyError(f"{path}: cannot be read as Turtle: {error}; correct the file") from error
        for triple in found:
            if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
                raise OntologyError(
                    f"{path}: a blank node in {str(triple)!r}; give it an IRI, so that two runs are equal"
                )
            triples[triple] = None
    return list(triples)


def _values(triples: list[Triple]) -> _Values:
    values: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            row = values[triple.subject.value]
            name = triple.predicate.value
            row[name] = (*row.get(name, ()), triple.object.value)
    return values


def _relation(iri: str, values: _Values) -> Relation:
    if not iri.startswith(KG):
        raise OntologyError(f"the relation {iri!r} is outside the namespace {KG!r}; move it there")
    domain, target = _one(iri, _RDFS + "domain", values), _one(iri, _RDFS + "range", values)
    claim_class = _one(iri, KG + "claimClass", values)
    if KG + "Claim" not in values.get(claim_class, {}).get(_RDFS + "subClassOf", ()):
        raise OntologyError(
            f"kg:claimClass of {iri!r} is {claim_class!r}, no subclass of kg:Claim; declare it in kg.ttl"
        )
    optional = _one(iri, KG + "objectOptional", values)
    if optional not in ("true", "false"):
        raise OntologyError(f"kg:objectOptional of {iri!r} is {optional!r}; true or false is needed")
    return Relation(
        name=iri.removeprefix(KG),
        iri=iri,
        label=_one(iri, _RDFS + "label", values),
        comment=_one(iri, _RDFS + "comment", values),
        claim_class=claim_class,
        domain=domain,
        range=target,
        domain_types=_entity_types(iri, domain, values),
        range_types=_entity_types(iri, target, values),
        wikidata=_properties(iri, "wikidataProperty", values),
        object_optional=optional == "true",
        wikidata_inverse=_properties(iri, "wikidataInverseProperty", values),
    )


def _properties(iri: str, name: str, values: _Values) -> tuple[str, ...]:
    return tuple(sorted(found.removeprefix(WD) for found in values[iri].get(KG + name, ())))


def _one(iri: str, name: str, values: _Values) -> str:
    found = values[iri].get(name, ())
    if len(found) != 1:
        raise OntologyError(f"{iri!r} has {len(found)} values of {name!r}; ontology/kg.ttl needs exactly one")
    return found[0]


def _entity_types(iri: str, limit: str, values: _Values) -> tuple[EntityType, ...]:
    found = tuple(kind for kind in EntityType if limit in _superclasses(ENTITY_CLASSES[kind].value, values))
    if not found:
        raise OntologyError(f"{iri!r}: {limit!r} is no class of entities; a kg:Entity class is needed")
    return found


def _superclasses(iri: str, values: _Values) -> set[str]:
    found: set[str] = set()
    waiting = [iri]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(values.get(current, {}).get(_RDFS + "subClassOf", ()))
    return found


def _version(values: _Values, folder: Path) -> str:
    found = [row for row in values.values() if _OWL + "Ontology" in row.get(_TYPE, ())]
    versions = [version for row in found for version in row.get(_OWL + "versionInfo", ())]
    if len(versions) != 1:
        raise OntologyError(
            f"{str(folder)!r} holds {len(versions)} ontology versions; an owl:Ontology with one is needed"
        )
    return versions[0]
