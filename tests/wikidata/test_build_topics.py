"""An index of topics that a SPARQL endpoint is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Run
from wikidata.kettleland import ADA, OUTLET, PARTY, TERM, world
from wikidata.oxigraph import oxigraph
from wikidata.triples import triples

from kg.errors import WikidataError
from kg.wikidata.building import topic_source
from kg.wikidata.building.build import build_index
from kg.wikidata.building.options import Options
from kg.wikidata.building.topic_source import TopicSource
from kg.wikidata.index import open_index
from kg.wikidata.item import WikidataItem
from kg.wikidata.item_json import item_of


def test_from_a_real_endpoint(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "index"
    with oxigraph(tmp_path, triples(world().values())) as url:
        command = ["wikidata", "build", "--from", f"endpoint:{url}", "--topic", f"parliament={TERM}", "--out", out]
        code, shown, errors = run(*command)
        assert (code, errors) == (0, "")
        assert "person" in shown
        before = out.read_bytes()
        assert run(*command)[0] == 0
        assert out.read_bytes() == before
        code, shown, _ = run("wikidata", "info", out)
        assert f"  from           endpoint:{url} parliament={TERM}" in shown.splitlines()
    index = open_index(out)
    ada = index.item(ADA)
    assert ada is not None
    assert PARTY in {held.qid for held in ada.parties}
    assert PARTY in index.qids()
    assert OUTLET not in index.qids()
    document = index.statements(ADA)
    assert document is not None
    assert all(statement.id for statement in document.statements)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--from", "endpoint:http://localhost:1/sparql"], "needs --topic TOPIC=QID"),
        (["--from", "endpoint:http://localhost:1/sparql", "--topic", "parlament=Q1"], "did you mean 'parliament'"),
        (["--from", "endpoint:http://localhost:1/sparql", "--topic", "parliament=London"], "needs a QID"),
        (["--from", "endpoint:https://query.wikidata.org/sparql", "--topic", "parliament=Q1"], "contact"),
        (["--from", __file__, "--topic", "parliament=Q1"], "needs an endpoint"),
    ],
)
def test_wrong_use(arguments: list[str], sentence: str, run: Run, tmp_path: Path) -> None:
    code, _, errors = run("wikidata", "build", *arguments, "--out", tmp_path / "index")
    assert code == 2
    assert sentence in errors
    assert not list(tmp_path.iterdir())


def test_goes_on_after_the_last_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topic_source, "_PAGE", 2)
    items = [item for document in world().values() if (item := item_of(document)) is not None]
    asked: list[str | None] = []

    def answers(failing: int | None) -> TopicSource:
        def ask(after: str | None) -> Iterator[tuple[str, WikidataItem]]:
            asked.append(after)
            for number, item in enumerate(items):
                if number == failing:
                    raise WikidataError("the endpoint is tired; try again later")
                if after is None or number > int(after) - 1:  # the last one comes a second time
                    yield str(number), item

        return TopicSource("endpoint:there land", ask)

    whole, out = tmp_path / "whole", tmp_path / "index"
    build_index([answers(None)], whole, Options())
    with pytest.raises(WikidataError, match="tired"):
        build_index([answers(5)], out, Options())
    said: list[str] = []
    build_index([answers(None)], out, Options(), say=said.append)
    assert asked == [None, None, "3"]
    assert said == ["going on where an earlier build was stopped"]
    assert out.read_bytes() == whole.read_bytes()
