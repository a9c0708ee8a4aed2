from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.query import Parameter, ParameterType, find_saved, load_saved_queries
from kg.query.saved import bind, parse_saved_query
from kg.store.base import Selection
from kg.store.oxigraph import memory_oxigraph

GOOD = """\
# title: A title
# description: A sentence.
# param: person person required Bettina Marrowby
# param: since date optional
# param: least integer default 2
PREFIX kg: <https://w3id.org/public-figures-kg/ontology#>

# VALUES ?comment { UNDEF } is not looked at, and neither is the string below.
SELECT ?person ?since ?least ("VALUES ?text { UNDEF }" AS ?text)
WHERE { VALUES ?person { UNDEF } values ?since {UNDEF} VALUES ?least
  { UNDEF } }
"""


def test_reads_header_and_parameters() -> None:
    query = parse_saved_query("q", GOOD, source="q.rq")
    assert (query.name, query.title, query.description, query.text) == ("q", "A title", "A sentence.", GOOD)
    assert query.parameters == (
        Parameter("person", ParameterType.PERSON, required=True, example="Bettina Marrowby"),
        Parameter("since", ParameterType.DATE, required=False),
        Parameter("least", ParameterType.INTEGER, required=False, default="2", example="2"),
    )
    assert query.usage() == (
        "q takes person (person, required, such as Bettina Marrowby), since (date, optional), "
        "least (integer, default 2)"
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# title: A title", "# titel: A title", r"q\.rq, line 1: '# titel: A title' is not of the form"),
        ("# title: A title\n", "", r"q\.rq, line 1: the header lacks '# title: \.\.\.'"),
        ("# description: A sentence.", "# description:", r"the header lacks '# description"),
        ("# description: A sentence.", "# title: B", r"q\.rq, line 2: '# title:' stands there twice"),
        ("since date optional", "since", r"q\.rq, line 4: 'since' is not a parameter; write 'name type"),
        ("since date", "since dates", r"line 4: there is no parameter type 'dates'; did you mean 'date' or"),
        ("since date", "since colour", r"no parameter type 'colour'; the types are entity, person"),
        ("since date optional", "person date optional", r"line 4: the parameter 'person' stands there twice"),
        ("default 2", "default", r"line 5: the default of 'least' is missing"),
        ("since date", "until date", r"q\.rq, line 10: VALUES \?since \{ UNDEF \} has no '# param: since"),
        ("values ?since {UNDEF}", "", r"q\.rq, line 1: the parameter 'since' is not used"),
        ("SELECT ?person", "SELCT ?person", r"q\.rq: not a SPARQL query: line 9, column 1"),
        ("SELECT ?person", "DELETE ?person", r"q\.rq: DELETE would change the graph"),
    ],
)
def test_a_header_that_is_wrong_names_file_and_line(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(QueryError, match=message):
        parse_saved_query("q", GOOD.replace(old, new), source="q.rq")


def test_loads_a_folder_in_order_of_names(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.rq").write_text("# title: T\n# description: D.\nASK {}", encoding="utf-8")
    (tmp_path / "notes.txt").touch()
    saved = load_saved_queries(tmp_path)
    assert list(saved) == ["a", "b"]
    assert saved["a"].usage() == "a takes no parameters"


def test_a_folder_without_queries_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="there are no saved queries in"):
        load_saved_queries(tmp_path)
    (tmp_path / "bad.rq").write_bytes(b"\xff")
    with pytest.raises(QueryError, match=r"bad\.rq' cannot be read"):
        load_saved_queries(tmp_path)


def test_an_unknown_name_gets_the_nearest() -> None:
    saved = load_saved_queries(Path(__file__).parents[2] / "queries")
    assert len(saved) >= 14
    assert find_saved(saved, "outlets").name == "outlets"
    with pytest.raises(QueryError, match=r"no saved query 'acusers-of'; did you mean 'accusers-of'"):
        find_saved(saved, "acusers-of")
    with pytest.raises(QueryError, match="no saved query 'xyzzy'; there are accusations, "):
        find_saved(saved, "xyzzy")


def test_binds_every_placeholder_and_drops_those_without_a_value() -> None:
    text = "ASK { VALUES ?a { UNDEF } { VALUES ?a { UNDEF } VALUES ?b { UNDEF } } } # VALUES ?a { UNDEF }"
    bound = bind(text, {"a": (Literal(1), NamedNode("http://x.example/")), "c": (Literal(2),)})
    values = 'VALUES ?a { "1"^^<http://www.w3.org/2001/XMLSchema#integer> <http://x.example/> }'
    assert bound == f"ASK {{ {values} {{ {values}  }} }} # VALUES ?a {{ UNDEF }}"


ECHO = "SELECT ?value ?mark WHERE { VALUES ?value { UNDEF } VALUES ?mark { 'untouched' } }"


@given(st.lists(st.text() | st.sampled_from(['"', "'''", "}", "\\u0022", "\\", "> <", "\r\n#", "?value"])))
def test_strings_stay_terms(texts: list[str]) -> None:
    terms = tuple(Literal(text) for text in dict.fromkeys(texts))
    result = memory_oxigraph().query(bind(ECHO, {"value": terms}))
    assert isinstance(result, Selection)
    assert list(result.rows()) == [(term, Literal("untouched")) for term in terms or (None,)]


@given(st.from_regex(r"[a-z]+://[^\ud800-\udfff]*", fullmatch=True) | st.text())
def test_iris_stay_terms_or_are_refused(text: str) -> None:
    try:
        node = NamedNode(text)
    except ValueError:
        return
    result = memory_oxigraph().query(bind(ECHO, {"value": (node,)}))
    assert isinstance(result, Selection)
    assert list(result.rows()) == [(node, Literal("untouched"))]
