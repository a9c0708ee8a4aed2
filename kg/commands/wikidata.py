"""`kg wikidata`: build an index of Wikidata items, say what is in one, and look names up."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.commands.console import DONE, FAILED, SHOWN, SOME_SKIPPED, Commands, complain
from kg.commands.meter import Meter
from kg.config import load_settings
from kg.errors import IndexFormatError, UsageError
from kg.model import EntityType
from kg.wikidata.building.build import build_index
from kg.wikidata.building.dump import open_source
from kg.wikidata.building.options import ALL_KINDS, LEAST, Built, Options
from kg.wikidata.building.sources import Source
from kg.wikidata.building.staging import staging_path
from kg.wikidata.building.topic_source import TopicSource
from kg.wikidata.gazetteer import Item, MatchKind, Tenure
from kg.wikidata.index import open_index
from kg.wikidata.index_file import is_index
from kg.wikidata.item import WikidataItem

_KINDS = {kind.value.casefold(): kind for kind in EntityType}
_ENDPOINT = "endpoint:"
_LANGUAGE = re.compile(r"[a-z]{2,}(?:-[a-z0-9]+)*")
_QID = re.compile(r"Q[1-9][0-9]*")
_HOW = {
    MatchKind.LABEL: "label",
    MatchKind.ALIAS: "alias",
    MatchKind.REDUCED: "shortened name",
    MatchKind.SPELLING: "another spelling",
    MatchKind.SIMILAR: "similar",
}


def add(commands: Commands) -> None:
    """Register the command."""
    wikidata = commands.add_parser("wikidata", help="an offline index of Wikidata: build one, look into one")
    actions = wikidata.add_subparsers(required=True, metavar="ACTION")
    build = actions.add_parser("build", help="build an index; the same command goes on where it was stopped")
    build.add_argument(
        "--from",
        dest="sources",
        action="append",
        required=True,
        metavar="SOURCE",
        help="a Wikidata JSON dump, JSON lines of entities or of rows (plain, .gz or .bz2), a folder of entity "
        "documents, or endpoint:URL with --topic; may be repeated, later ones win",
    )
    build.add_argument(
        "--topic",
        action="append",
        default=[],
        dest="topics",
        metavar="TOPIC=QID",
        help="what to ask the endpoint for, as parliament=Q11005; may be repeated (docs/wikidata.md lists the topics)",
    )
    build.add_argument("--contact", metavar="ADDRESS", help="your e-mail or web address, for Wikidata's own endpoints")
    build.add_argument("--config", type=Path, metavar="FILE", help="settings in TOML, for the contact")
    build.add_argument("--out", type=Path, required=True, metavar="FILE", help="the index to write")
    build.add_argument(
        "--languages", default="en", metavar="en,fr,...", help="languages of names, the first one first (default: en)"
    )
    build.add_argument("--kinds", metavar="person,party,...", help=f"only these of {', '.join(sorted(_KINDS))}")
    build.add_argument(
        "--min-sitelinks",
        action="append",
        default=[],
        metavar="N",
        help="leave out items with fewer pages in Wikimedia's wikis, or, as KIND=N, items of one kind; may be repeated "
        f"(default: {', '.join(f'{kind.value.casefold()}={n}' for kind, n in LEAST.items())}, but all countries)",
    )
    build.add_argument(
        "--accept-truncated", action="store_true", help="build from what there is of a file that ends early"
    )
    build.add_argument("--workers", type=int, metavar="N", help="processes that read along (default: as many as pay)")
    build.set_defaults(command=_build)
    info = actions.add_parser("info", help="say what an index holds, and of what it was built")
    info.add_argument("index", type=Path, metavar="FILE")
    info.set_defaults(command=_info)
    find = actions.add_parser("find", help="look a name or a QID up")
    find.add_argument("name", metavar="NAME", help="a name as it may stand in an article, or a QID")
    find.add_argument("--index", type=Path, required=True, metavar="FILE")
    find.set_defaults(command=_find)


def _build(arguments: argparse.Namespace) -> int:
    options = Options(
        languages=_languages(arguments.languages),
        kinds=_kinds(arguments.kinds),
        least=_least(arguments.min_sitelinks),
        accept_truncated=arguments.accept_truncated,
    )
    if arguments.workers is not None and arguments.workers < 0:
        raise UsageError(f"--workers {arguments.workers} is below 0; give 0 or more")
    out: Path = arguments.out
    sources = _sources(arguments, options.languages)
    _keep_apart(sources, out)
    try:
        with Meter() as shown:
            built = build_index(sources, out, options, show=shown, say=complain, workers=arguments.workers)
    except KeyboardInterrupt:
        complain(f"kg: stopped; {staging_path(out).name} keeps what was read, the same command goes on from there")
        return FAILED
    return _report(built, out)


def _sources(arguments: argparse.Namespace, languages: tuple[str, ...]) -> list[Source]:
    sources: list[Source] = []
    asked = False
    for text in arguments.sources:
        if text.startswith(_ENDPOINT):
            asked = True
            sources += _topics(text.removeprefix(_ENDPOINT), arguments, languages)
        else:
            sources.append(open_source(text))
    if arguments.topics and not asked:
        raise UsageError(f"--topic {arguments.topics[0]!r} needs an endpoint; name it with --from endpoint:URL")
    return sources


def _topics(url: str, arguments: argparse.Namespace, languages: tuple[str, ...]) -> list[Source]:
    """A source for every topic of an endpoint."""
    from kg.wikidata.sparql.endpoint import agent_for, topic_items, topic_of  # loads what only endpoints need

    if not arguments.topics:
        raise UsageError(f"--from {_ENDPOINT}{url} needs --topic TOPIC=QID, as --topic parliament=Q11005")
    agent = agent_for(url, load_settings(arguments.config, {"contact": arguments.contact}).contact)

    def source(text: str) -> TopicSource:
        topic, value = topic_of(text)

        def ask(after: str | None) -> Iterator[tuple[str, WikidataItem]]:
            return topic_items(url, topic, value, agent=agent, languages=languages, after=after)

        return TopicSource(f"{_ENDPOINT}{url} {text}", ask)

    return [source(text) for text in arguments.topics]


def _languages(text: str) -> tuple[str, ...]:
    languages = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            raise UsageError(f"--languages {text!r}: {language!r} is no language code; write codes as in en,fr,de-ch")
    return languages


def _kinds(text: str | None) -> frozenset[EntityType]:
    return ALL_KINDS if text is None else frozenset(_kind(part.strip(), "--kinds") for part in text.split(","))


def _kind(name: str, flag: str) -> EntityType:
    kind = _KINDS.get(name.casefold().replace("organisation", "organization"))
    if kind is None:
        raise UsageError(f"{flag} {name!r} is no kind of item; choose from {', '.join(sorted(_KINDS))}")
    return kind


def _least(flags: Sequence[str]) -> dict[EntityType, int]:
    """What the flags `N` and `KIND=N` say; one for a kind wins over one for all."""
    for_all: int | None = None
    for_kind = {}
    for flag in flags:
        name, equals, number = flag.rpartition("=")
        if not number.isdecimal():
            raise UsageError(f"--min-sitelinks {flag!r} is neither a whole number nor KIND=NUMBER; correct it")
        if equals:
            for_kind[_kind(name, "--min-sitelinks")] = int(number)
        else:
            for_all = int(number)
    usual = LEAST if for_all is None else dict.fromkeys(EntityType, for_all)
    return {kind: for_kind.get(kind, usual.get(kind, 0)) for kind in EntityType}


def _keep_apart(sources: Sequence[Source], out: Path) -> None:
    """Refuse to write over what is read, or over a file that is no index."""
    if any(Path(source.name).resolve() == out.resolve() for source in sources):
        raise UsageError(f"--out {str(out)!r} is one of the sources; name another file")
    try:
        taken = out.is_file() and out.stat().st_size > 0 and not is_index(out)
    except OSError as error:
        raise IndexFormatError(f"--out {str(out)!r} cannot be written ({error.strerror}); choose another") from error
    if taken:
        raise UsageError(f"--out {str(out)!r} exists and is no index; name another file")


def _report(built: Built, out: Path) -> int:
    total = sum(built.counts.values())
    kinds = ", ".join(f"{count} {kind.value.casefold()}" for kind, count in sorted(built.counts.items()))
    print(f"{out}: {total} items" + (f" ({kinds})" if kinds else ""))
    if built.below:
        print(f"  {built.below} with too few sitelinks were left out")
    if not built.skipped:
        return DONE
    complain("1 thing was skipped:" if built.skipped == 1 else f"{built.skipped} things were skipped:")
    for problem in built.problems[:SHOWN]:
        complain(f"  {problem.place}: {problem.reason}")
    if built.skipped > SHOWN:
        complain(f"  ... and {built.skipped - SHOWN} more")
    return SOME_SKIPPED


def _info(arguments: argparse.Namespace) -> int:
    index = open_index(arguments.index)
    meta = index.meta
    print(f"{arguments.index}: {len(index)} items, digest {index.digest}")
    for kind, count in index.totals().items():
        print(f"  {kind.value.casefold():<14} {count}")
    options = json.loads(meta.get("options", "{}"))
    every = len(options.get("kinds", ())) == len(ALL_KINDS)
    if options:
        least = ", ".join(f"{kind.casefold()} {n}" for kind, n in options["least"].items()) or "none"
        print(f"  languages      {', '.join(options['languages'])}")
        print(f"  kinds          {'all' if every else ', '.join(kind.casefold() for kind in options['kinds'])}")
        print(f"  min. sitelinks {least}")
    if meta.get("modified"):
        print(f"  last change    {meta['modified']} (of the items read)")
    for source in json.loads(meta.get("sources", "[]")):
        read = f" ({source['texts']} entities or rows, digest {source['digest']})" if "digest" in source else ""
        print(f"  from           {source['name']}{read}")
    return DONE


def _find(arguments: argparse.Namespace) -> int:
    index = open_index(arguments.index)
    name: str = arguments.name.strip()
    found = [(item, "QID")] if _QID.fullmatch(name) and (item := index.item(name)) is not None else []
    found += [(match.item, _how(match.kind)) for match in index.matches(name)]
    for item, how in found:
        print(_line(item, how))
    near = [match for match in index.similar(name) if match.item.qid not in {item.qid for item, _ in found}]
    for match in near:
        print(_line(match.item, _how(match.kind)))
    if not found and not near:
        complain(f"{arguments.index} knows nobody and nothing of the name {name!r}")
    return DONE


def _how(kind: MatchKind) -> str:
    return _HOW.get(kind, kind.name.casefold())


def _line(item: Item, how: str) -> str:
    years = f"{_year(item.birth)}–{_year(item.death)}" if item.birth or item.death else ""
    facts = [
        item.type.value.casefold(),
        years,
        item.description or "",
        *_tenures(item.parties),
        *_tenures(item.offices),
    ]
    return f"{item.qid}\t{item.label}\t{how}\t{'; '.join(fact for fact in facts if fact)}"


def _year(day: str | None) -> str:
    return day[:5].rstrip("-") if day and day.startswith("-") else (day or "")[:4]


def _tenures(tenures: Sequence[Tenure], shown: int = 2) -> list[str]:
    """The last of some parties or offices, with their years."""
    lines = []
    for tenure in sorted(tenures, key=lambda t: (t.end or "9999", t.start or ""))[-shown:]:
        years = f" {_year(tenure.start)}–{_year(tenure.end)}" if tenure.start or tenure.end else ""
        lines.append(tenure.name + years)
    return lines
