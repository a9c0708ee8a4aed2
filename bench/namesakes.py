"""How namesakes are told apart.

    python bench/namesakes.py DATA_FOLDER [--index INDEX] [--keep FILE]

DATA_FOLDER holds the extracts. Everybody there who shares a name with another (but for middle initials, accents and
peerages) gets made-up articles (`namesake_texts`), one a setting and spelling, which the whole annotator reads.
Counted is who is linked rightly, wrongly, or not (open), for half of the names that were looked at while the linker
was made and for the other half, which was not. `tellable` are those whom the facts told set apart from every namesake.
Nobody is right where the person is hidden from the index, nor where the article is about somebody of another walk of
life who bears the name of one of the extracts (`stranger_texts`).
With --keep, annotations are kept in a file (and one beside it) and only linked anew by the next run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from everybody import everybody
from namesake_texts import SETTINGS, article, colleagues_of, facts_of, held_out, rng_of, set_apart, told
from namesake_verbatim import verbatim
from stranger_texts import SETTINGS as STRANGER_SETTINGS
from stranger_texts import strangers

from kg.annotator import Annotator
from kg.config import Settings
from kg.model import Annotation, Article, EntityType
from kg.ontology import load_ontology
from kg.resolve import explain_article, link_article
from kg.resources import shipped
from kg.wikidata.gazetteer import Gazetteer, Item, Match
from kg.wikidata.index import open_index
from kg.wikidata.layered import LayeredGazetteer
from kg.wikidata.names import person_name
from kg.wikidata.starter import load_starter

STRANGERS = 400
SPELLINGS = ("plain", "no accents", "no initials")


@dataclass(frozen=True, slots=True)
class Case:
    """One article to come: about whom, in which setting and spelling."""

    qid: str
    key: str
    setting: str
    spelling: str
    held_out: bool
    tellable: bool

    @property
    def id(self) -> str:
        """Names the case's article."""
        if self.spelling == "stranger":
            return f"{self.qid}/stranger"
        return f"{self.qid}/{self.setting}/{self.spelling}"


def main(argv: list[str] | None = None) -> int:
    """Print the tables; always 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of the extracts")
    parser.add_argument("--index", type=Path, help="an index built from them; default: the extracts in memory")
    parser.add_argument("--keep", type=Path, help="file of annotations to use again")
    parser.add_argument("--show", help="print the open and wrong cases of a setting, of the names not held out")
    args = parser.parse_args(argv)
    rows = people(args.data)
    gazetteer = opened(args.index) if args.index else everybody(args.data)
    cases = list(cases_of(shared(rows), colleagues_of(rows)))
    annotations = kept(args.keep, [text for _, text in cases], gazetteer)
    print(f"{len({case.qid for case, _ in cases})} people who share {len({case.key for case, _ in cases})} names")
    print(f"{'':24}{'tuned on':>36}{'held out':>36}{'tellable, all':>36}")
    print(f"{'':24}" + "  right wrong open    n  share NIL*" * 3)
    results = [(case, outcome(case, annotations[case.id], gazetteer)) for case, _ in cases if case.id in annotations]
    for setting, spelling in dict.fromkeys((case.setting, case.spelling) for case, _ in cases):
        mine = [(case, found) for case, found in results if (case.setting, case.spelling) == (setting, spelling)]
        parts = (
            [found for case, found in mine if not case.held_out],
            [found for case, found in mine if case.held_out],
            [found for case, found in mine if case.tellable],
        )
        label = setting if spelling == "plain" else f"{setting}, {spelling}"
        print(f"{label:24}" + "".join(line(Counter(part)) for part in parts))
    print("* of those that are not right, the share left open")
    without = Without(gazetteer)
    for held in (False, True):
        hidden = [case for case, _ in cases if (case.setting, case.spelling) == ("full", "plain")]
        counts = Counter(
            outcome(case, annotations[case.id], without.hiding(case.qid))
            for case in hidden
            if case.held_out == held and case.id in annotations
        )
        print(
            f"full, but the person is in no index ({'held out' if held else 'tuned on'}): "
            f"{counts['open']} open, {counts['wrong']} linked to a namesake"
        )
    report_strangers(rows, args.keep, gazetteer)
    if args.show:
        for case, found in sorted(results, key=lambda row: row[1] != "wrong"):
            if (
                found != "right"
                and case.setting == args.show
                and (case.tellable or found == "wrong")
                and case.spelling == "plain"
                and not case.held_out
            ):
                print(f"\n## {found}: {case.id}")
                explain_case(annotations[case.id], gazetteer)
    return 0


def report_strangers(rows: Sequence[dict[str, Any]], keep: Path | None, gazetteer: Gazetteer) -> None:
    """Print how many of the people who only bear a known name are linked."""
    cases = stranger_cases(rows)
    annotations = kept(beside(keep), [text for _, text in cases], gazetteer)
    for setting in STRANGER_SETTINGS:
        for held in (False, True):
            mine = [case for case, _ in cases if (case.setting, case.held_out) == (setting, held)]
            counts = Counter(outcome(case, annotations[case.id], gazetteer) for case in mine if case.id in annotations)
            print(
                f"somebody else of the name, {setting} ({'held out' if held else 'tuned on'}): "
                f"{counts['open']} open, {counts.total() - counts['open']} linked"
            )


def stranger_cases(rows: Sequence[dict[str, Any]]) -> list[tuple[Case, Article]]:
    """Articles about people who bear a name of the extracts; no QID is right, so that none is the case's."""
    return [
        (Case(qid, key, setting, "stranger", held_out(key), False), text)
        for qid, key, setting, text in strangers(rows, STRANGERS)
    ]


def beside(keep: Path | None) -> Path | None:
    """The file for the strangers' annotations beside the one given."""
    return None if keep is None else keep.with_name(f"{keep.stem}-strangers{keep.suffix}")


def line(counts: Counter[str]) -> str:
    """Right, wrong, open, all, the share of right ones, and of the rest the share left open."""
    total = sum(counts.values())
    rest = total - counts["right"]
    share, nil = counts["right"] / max(1, total), counts["open"] / rest if rest else 1.0
    return f"  {counts['right']:5} {counts['wrong']:5} {counts['open']:4} {total:4}   {share:.2f} {nil:.2f}"


def people(folder: Path) -> list[dict[str, Any]]:
    """The people of the extracts, the well known first."""
    text = (folder / "wellknown_people.jsonl").read_text(encoding="utf-8")
    text += gzip.decompress((folder / "people_dev.jsonl.gz").read_bytes()).decode("utf-8")
    found: dict[str, dict[str, Any]] = {}
    for row in map(json.loads, text.splitlines()):
        found.setdefault(row["qid"], row)
    return list(found.values())


def shared(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """By name: the people who share it."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(person_name(row["label"]).short, []).append(row)
    return {key: group for key, group in sorted(groups.items()) if len(group) > 1 and " " in key}


def cases_of(
    groups: dict[str, list[dict[str, Any]]], colleagues: dict[str, list[str]]
) -> Iterator[tuple[Case, Article]]:
    """All settings in plain spelling, and the full one in every spelling, with their articles."""
    for key, group in groups.items():
        for row in group:
            others = [other for other in group if other is not row]
            settings = [(setting, "plain") for setting in SETTINGS] + [("full", spelling) for spelling in SPELLINGS[1:]]
            for setting, spelling in settings:
                rng = rng_of(row["qid"], setting)
                facts = facts_of(row, colleagues, rng)
                if not told(facts, setting):
                    continue
                case = Case(row["qid"], key, setting, spelling, held_out(key), False)
                if setting == "verbatim":
                    made = verbatim(case.id, facts, row, rng)
                    if made is None:
                        continue
                    text, facts = made
                else:
                    text = article(case.id, facts, setting, spelling, rng)
                yield replace(case, tellable=set_apart(facts, setting, row, others)), text


def kept(
    path: Path | None, articles: Sequence[Article], gazetteer: Gazetteer, *, names_too: bool = False
) -> dict[str, Annotation]:
    """The annotations by case, read from the file where it is there."""
    if path is not None and path.exists():
        found: dict[str, Annotation] = pickle.loads(path.read_bytes())
        return found
    settings = Settings(other_languages="names") if names_too else Settings()
    annotator = Annotator(settings, load_ontology(shipped("ontology")), gazetteer)
    found = {a.article.id: a for a in annotator.annotate(articles) if isinstance(a, Annotation)}
    if path is not None:
        path.write_bytes(pickle.dumps(found))
    return found


def outcome(case: Case, annotation: Annotation, gazetteer: Gazetteer) -> str:
    """Whether the person is linked: right, wrong or open."""
    linked = link_article(annotation, gazetteer)
    surname = case.key.split(" ")[-1]
    named = [e for e in linked.entities if surname in person_name(e.name).full.split(" ")]
    found = {e.wikidata for e in named if e.type is EntityType.PERSON} - {None}
    if not found:
        return "open"
    return "right" if found == {case.qid} else "wrong"


class Without:
    """A gazetteer from which one item is hidden; everything else is the gazetteer's."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._hidden = ""

    def hiding(self, qid: str) -> Gazetteer:
        """The gazetteer, with that item hidden from now on."""
        self._hidden = qid
        return cast(Gazetteer, self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._gazetteer, name)

    def matches(self, name: str) -> tuple[Match, ...]:
        """The matches but for the hidden item."""
        return tuple(match for match in self._gazetteer.matches(name) if match.item.qid != self._hidden)

    def candidates(self, name: str) -> tuple[Item, ...]:
        """The items but for the hidden one."""
        return tuple(item for item in self._gazetteer.candidates(name) if item.qid != self._hidden)

    def by_surname(self, surname: str) -> tuple[Item, ...]:
        """The people but for the hidden one."""
        return tuple(item for item in self._gazetteer.by_surname(surname) if item.qid != self._hidden)


def explain_case(annotation: Annotation, gazetteer: Gazetteer) -> None:
    """Print an article, what was read from it, and why its people are linked or not."""
    print(annotation.article.published, annotation.article.text.replace("\n\n", " / "))
    print([(e.id, e.type.value, e.name) for e in annotation.entities])
    print([(c.relation, c.subject, c.object) for c in annotation.claims])
    for explanation in explain_article(annotation, gazetteer):
        if explanation.entity.type is EntityType.PERSON and explanation.candidates:
            print(" ", explanation.entity.name, explanation.wikidata, explanation.reason)
            for scored in explanation.candidates[:3]:
                print("    ", scored.item.qid, scored.score, [(n, v) for n, v, _ in scored.features])
                print("        ", scored.item.country, scored.item.offices[:3], scored.item.parties[:2])


def opened(path: Path) -> Gazetteer:
    """The index at a path, behind the starter index."""
    return LayeredGazetteer([load_starter(), open_index(path)])


if __name__ == "__main__":
    raise SystemExit(main())
