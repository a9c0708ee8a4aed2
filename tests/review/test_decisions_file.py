"""The decisions file: plain lines that survive merges, damage and two reviewers at once."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreError, UsageError
from kg.model import EntityType, Modality, Polarity
from kg.model.decision import Decision, Decisions, JudgedClaim, NameKey, Verdict
from kg.review.file import add_decisions, decisions_path, read_decisions
from kg.review.lines import decision_line, parse_decision

CLAIM = JudgedClaim(
    key="0123456789abcdef",
    article="aaaabbbbccccdddd",
    article_id="kettle-1",
    relation="accuses",
    subject="Orla Quillfeather",
    object=None,
    detail="hoarding",
    sentence="Orla Quillfeather spoke of hoarding.",
    polarity=Polarity.POSITIVE,
    modality=Modality.ASSERTED,
)
ADA, BO = NameKey(EntityType.PERSON, "Ada Example"), NameKey(EntityType.PERSON, "Bo", "aaaabbbbccccdddd")
NOON = "2031-02-03T12:00:00Z"


def reject(time: str = NOON, reviewer: str = "Orla", reason: str = "") -> Decision:
    return Decision(Verdict.REJECT, time, reviewer, claim=CLAIM, reason=reason)


def accept(time: str = NOON, reviewer: str = "Orla") -> Decision:
    return Decision(Verdict.ACCEPT, time, reviewer, claim=CLAIM)


def link(qid: str = "Q99000001", time: str = NOON) -> Decision:
    return Decision(Verdict.LINK, time, "Orla", entities=(ADA,), wikidata=qid)


def add(path: Path, *decisions: Decision) -> tuple[Decision, ...]:
    return add_decisions(path, lambda _: decisions)


words = st.text(st.characters(exclude_categories=()))
keys = st.builds(NameKey, st.sampled_from(EntityType), words, words, words)
sides = st.lists(keys, min_size=1, max_size=2).map(tuple)
claims = st.builds(
    JudgedClaim,
    st.text("0123456789abcdef", min_size=16, max_size=16),
    *[words] * 4,
    *[st.none() | words] * 2,
    words,
    st.sampled_from(Polarity),
    st.sampled_from(Modality),
)
times = st.datetimes().map(lambda time: time.replace(year=max(time.year, 1000)).strftime("%Y-%m-%dT%H:%M:%SZ"))
decisions = st.one_of(
    st.builds(
        Decision,
        st.sampled_from([Verdict.ACCEPT, Verdict.REJECT, Verdict.SKIP]),
        times,
        words,
        claim=claims,
        reason=words,
    ),
    st.builds(Decision, st.just(Verdict.LINK), times, words, entities=sides, wikidata=st.integers(1).map("Q{}".format)),
    st.builds(Decision, st.sampled_from([Verdict.NIL, Verdict.SKIP]), times, words, entities=sides),
    st.builds(Decision, st.sampled_from([Verdict.SAME, Verdict.NEVER]), times, words, entities=sides, others=sides),
    st.builds(
        Decision, st.just(Verdict.UNDO), times, words, undoes=st.text("0123456789abcdef", min_size=16, max_size=16)
    ),
)


@given(decisions)
def test_a_line_gives_its_decision_back(decision: Decision) -> None:
    line = decision_line(decision)
    assert parse_decision(line) == decision
    assert len(line.splitlines()) == 1
    row = json.loads(line)
    assert list(row) == sorted(row)
    assert line.encode("utf-8").decode("utf-8") == line


@given(st.lists(decisions, max_size=6), st.randoms())
def test_order_and_repetition_do_not_matter(some: list[Decision], random: object) -> None:
    shuffled = some + some
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = Decisions.of(some), Decisions.of(shuffled)
    assert one == other
    assert (one.digest, one.standing) == (other.digest, other.standing)


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "none.jsonl") == Decisions()
    assert decisions_path(tmp_path, "") == tmp_path / "decisions.jsonl"
    assert decisions_path(tmp_path, "elsewhere.jsonl") == Path("elsewhere.jsonl")


def test_what_was_added_is_read(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    add(path, reject(reason="she quotes him"))
    add(path, link())
    assert read_decisions(path).all == tuple(sorted([reject(reason="she quotes him"), link()], key=lambda d: d.id))
    assert [name.name for name in tmp_path.iterdir()] == ["d.jsonl"]


def test_undo_and_undo_of_the_undo() -> None:
    first = reject()
    undo = Decision(Verdict.UNDO, "2031-02-03T12:00:05Z", "Orla", undoes=first.id)
    back = Decision(Verdict.UNDO, "2031-02-03T12:00:09Z", "Orla", undoes=undo.id)
    assert Decisions.of([first]).standing == (first,)
    assert Decisions.of([undo, first]).standing == ()
    assert Decisions.of([back, first, undo]).standing == (first,)


def test_a_decision_is_later_than_what_it_follows(tmp_path: Path) -> None:
    """Scripts decide, take back and decide again within one second."""
    path = tmp_path / "d.jsonl"
    (first,) = add(path, accept())
    add(path, Decision(Verdict.UNDO, NOON, "Orla", undoes=first.id))
    (again,) = add(path, accept())
    (last,) = add(path, reject())
    assert first.time < again.time < last.time
    assert read_decisions(path).standing == (again, last)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{oops", "no JSON"),
        (b"[1]", "no JSON object"),
        (b"[" * 100_000, "recursion"),
        (b"\xff\xfe", "no UTF-8"),
        (decision_line(reject()).replace("Orla", "Olga").encode(), "does not fit"),
        (decision_line(reject()).replace('"reject"', '"ponder"').encode(), "unknown decision 'ponder'"),
        (decision_line(reject()).replace("12:00:00", "25:00:00").encode(), "2031-02-03T04:05:06Z"),
        (decision_line(link()).replace("Q99000001", "P31").encode(), "no QID"),
        (decision_line(reject())[:50].encode(), "no JSON"),
        (decision_line(reject()).replace('"reviewer": "Orla", ', "").encode(), "'reviewer' is missing"),
        (decision_line(reject()).replace('"Orla"', "7").encode(), "7 is no text"),
        (decision_line(link()).replace('"decision": "link"', '"decision": "nil"').encode(), "'wikidata'"),
        (decision_line(link()).replace('"reviewer"', '"mood": 1, "reviewer"').encode(), "unknown keys"),
    ],
)
def test_a_damaged_line_is_named_and_left_alone(tmp_path: Path, line: bytes, words: str) -> None:
    path = tmp_path / "d.jsonl"
    good = decision_line(accept()).encode()
    path.write_bytes(good + b"\n" + line + b"\n" + good + b"\n")
    found = read_decisions(path)
    assert [damage.line for damage in found.damaged] == [2]
    assert words in found.damaged[0].reason
    assert found.all == (accept(),)
    add(path, link())
    assert path.read_bytes() == good + b"\n" + line + b"\n" + good + b"\n" + decision_line(link()).encode() + b"\n"


def test_a_file_without_a_last_line_end(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + decision_line(accept()).encode() + b"\r\n\r\n" + decision_line(link()).encode())
    add(path, reject("2031-02-04T00:00:00Z"))
    found = read_decisions(path)
    assert (len(found.all), found.damaged) == (3, ())


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").mkdir()
    with pytest.raises(StoreError, match="cannot read the decisions"):
        read_decisions(tmp_path / "d.jsonl")
    with pytest.raises(StoreError, match="cannot write the decisions"):
        add(tmp_path / "d.jsonl", link())
    with pytest.raises(StoreError, match="cannot write the decisions"):
        add(tmp_path / "none" / "d.jsonl", link())
    with pytest.raises(UsageError, match="no QID"):
        add(tmp_path / "e.jsonl", link("42"))
    assert not (tmp_path / "e.jsonl").exists()


def test_a_link_to_a_shared_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    path = tmp_path / "d.jsonl"
    path.symlink_to(tmp_path / "shared" / "ours.jsonl")
    add(path, link())
    assert path.is_symlink()
    assert read_decisions(tmp_path / "shared" / "ours.jsonl").all == (link(),)


def git(folder: Path, *arguments: str) -> int:
    names = ("-c", "user.name=Orla", "-c", "user.email=orla@kettle.example", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *names, *arguments], cwd=folder, capture_output=True, check=False).returncode


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("union", [True, False])
def test_two_reviewers_files_merge_in_git(tmp_path: Path, *, union: bool) -> None:
    path = tmp_path / "decisions.jsonl"
    if union:
        (tmp_path / ".gitattributes").write_text("decisions.jsonl merge=union\n")
    assert git(tmp_path, "init") == 0
    add(path, accept())
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "one")
    git(tmp_path, "checkout", "-b", "other")
    add(path, reject("2031-03-01T00:00:00Z", "Basil"))
    git(tmp_path, "commit", "-am", "two")
    git(tmp_path, "checkout", "main")
    add(path, link())
    git(tmp_path, "commit", "-am", "three")
    assert git(tmp_path, "merge", "other") == (0 if union else 1)
    assert (b"<<<<<<<" in path.read_bytes()) is not union
    found = read_decisions(path)
    assert {d.verdict for d in found.all} == {Verdict.ACCEPT, Verdict.REJECT, Verdict.LINK}
    assert found.damaged == ()
    add(path, link("Q99000002", "2031-05-01T00:00:00Z"))
    assert b"<<<<<<<" not in path.read_bytes()
    assert len(read_decisions(path).all) == 4


def _one_reviewer(path: str, name: str) -> None:
    for _ in range(25):
        add(Path(path), accept(reviewer=name))


def test_two_reviewers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    context = multiprocessing.get_context("spawn")
    reviewers = [context.Process(target=_one_reviewer, args=(str(path), name)) for name in ("Orla", "Basil")]
    for process in reviewers:
        process.start()
    for process in reviewers:
        process.join()
    found = read_decisions(path)
    assert len(found.all) == 50
    assert len({decision.time for decision in found.all}) == 50
