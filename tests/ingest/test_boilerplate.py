"""Which lines are no prose of the article: what is flagged, and above all what is not."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.boilerplate import boilerplate_spans
from kg.ingest.boilerplate_table import parse_table

SHARED = Path(__file__).parents[2] / "../shared"
needs_articles = pytest.mark.skipif(not SHARED.is_dir(), reason=f"no articles at {SHARED}")

HEADLINE = "Quillfeather blames Thornapple for the flood"
PROSE = "Zara Quillfeather blamed Basil Thornapple for the flood on Monday."


def flagged(text: str, title: str | None = None) -> list[str]:
    return [span.of(text) for span in boilerplate_spans(text, title)]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT - CONTINUE READING BELOW",
        "Story continues below advertisement",
        "Share this article on Facebook, Twitter and WhatsApp",
        "Share",
        "12 comments",
        "View comments (12)",
        "5 min read",
        "Published: 28 April 2016 at 10:30 BST",
        "Updated 3:15 p.m. ET",
        "© 2016 The Inkwell Post",
        "Copyright 2016 The Inkwell Post. All rights reserved.",
        "Media playback is unsupported on your device",
        "We use cookies to improve your visit.",
        "Sign up for our daily newsletter",
        "Subscribe to the Inkwell channel on YouTube!",
        "Join our official WhatsApp group   555  0100",
        "Follow us on Twitter @inkwellpost",
        "Follow Zara Quillfeather on Twitter: @zquill.",
        "Like us on Facebook",
        "Do you like rain? Like the page:",
        "Get the day’s headlines delivered to your inbox.",
        "Twitter: @zquill",
        "Email: zara@inkwell.example",
        "Contact the newsroom at news@inkwell.example",
        "Got a story? Call the news desk.",
        "Click below to watch:",
        "Click here to read the letter",
        "Watch: minister runs from reporters",
        "WATCH – Minister runs from reporters",
        "Listen -\u00a0Angry peer interrupts Basil Thornapple interview:",
        "Watch the full interview with Thornapple above.",
        "See photos from the debate below:",
        "Watch the ad below:",
        "▶ Watch the video here",
        "VIDEO: The moment the minister fell",
        "Read more:",
        "Read More »",
        "Read more: Why the dam broke",
        "READ MORE | Why the dam broke",
        "ALSO READ: Why the dam broke",
        "ALSO READ",
        "See also: Why the dam broke",
        "Related:",
        "More on this story",
        "Don’t miss: the dam in pictures",
        "The full report can be found here.",
        "h/t The Inkwell Post",
        "Getty Images",
        "REUTERS",
        "Zara Fotoni/Reuters",
        "Zara Fotoni via Getty Images.",
        "AP Photo/Zara Fotoni",
        "(Photo: Zara Fotoni/Getty Images)",
        "(AP Photo/Zara Fotoni)",
        "Photo by Zara Fotoni",
        "Photo: Zara Fotoni",
        "Image credit: Zara Fotoni",
        "Image source, Getty Images",
        "Image caption, The dam last year",
        "Former Dam Keeper Basil Thornapple Reuters",
        "Basil Thornapple walks along the dam Getty Images",
        "Basil Thornapple walks along the dam. Alamy",
        "(Additional reporting by Zara Fotoni; Editing by Bo Sample and Al Ready)",
        "Reporting by Zara Fotoni in London; writing by Bo Sample",
        "Zara Fotoni contributed reporting.",
        "This story has been updated.",
        "* * *",
        "____",
    ],
)
def test_a_line_that_is_no_prose(line: str) -> None:
    text = f"{HEADLINE}\n\n{PROSE}\n\n  {line}  \r\n\nThornapple denied it."
    assert flagged(text) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Watch out for Thornapple, she told the BBC.",
        "Watching the video, Thornapple called it a lie.",
        "Listen to Thornapple and you hear a liar, she said.",
        "“Read my lips: no new dams,” Thornapple said.",
        "Read together, the letters show that Thornapple lied.",
        "Click here, the site told voters, and Thornapple's face appeared.",
        "She clicked on the link that Thornapple had sent her.",
        "Photos of Thornapple at the dam were faked, she said.",
        "The photo: “a disgrace”, Thornapple said of it.",
        "Pictures, he said, were stolen by Thornapple.",
        "Video evidence proves that Thornapple lied, police said.",
        "Reporting by the BBC found that Thornapple had lied.",
        "Thornapple told Reuters that he was innocent.",
        "Quillfeather accused Getty Images of theft.",
        "Quillfeather talks to Reuters",
        "Thornapple attacks newsletter of rival party",
        "Join us or leave, Thornapple told the rebels.",
        "Join Labour, Thornapple said on Twitter, or be quiet.",
        "Follow the money, Quillfeather told Facebook's lawyers.",
        "Following Thornapple on Twitter is a punishment, she said.",
        "Text messages show that Thornapple attacked her on Facebook.",
        "Like Thornapple, she denies the charge.",
        "Sign up or shut up, Thornapple said.",
        "Contact with Thornapple was a mistake, she wrote to bo@sample.example.",
        "Quillfeather sent the email from zara@inkwell.example in May.",
        "Copyright law of 1998 was Thornapple's doing, she said.",
        "Ads by Thornapple's party call her a liar.",
        "Your email scandal will finish you, Thornapple said.",
        "Published in 1999, the book accuses Thornapple of theft.",
        "Updated figures show that 300 people left.",
        "Related charges against Thornapple were dropped.",
        "More from Thornapple would be welcome, she said.",
        "Advertisements by the party called Thornapple a coward.",
        "Share prices fell after Thornapple spoke.",
        "Comments by Thornapple caused anger.",
        "Image matters to Thornapple, she said.",
        "You may like him or not, but Thornapple is honest.",
        "Getty said that Thornapple had no licence.",
        "See what he did there?",
        "Get the facts, she told Thornapple.",
        "Support our journalists, Thornapple told the BBC, or lose them.",
        "Mayor of Sampleton, PA",
        "- Thornapple resigns",
        "2016 was bad for Thornapple.",
    ],
)
def test_a_sentence_is_left_alone(line: str) -> None:
    assert flagged(f"{HEADLINE}\n\n{PROSE}\n\n{line}\n\nThornapple denied it.") == []


def test_link_titles_go_with_their_heading() -> None:
    links = "Most read\nDam breaks in spring\nCat wins prize"
    text = f"{HEADLINE}\n{PROSE}\n{links}\nThe row went on.\nDam breaks"
    assert flagged(text) == ["Most read", "Dam breaks in spring", "Cat wins prize"]


def test_a_headline_is_kept_once() -> None:
    assert flagged(f"{HEADLINE}\n\n{PROSE}") == []
    assert flagged(f"{HEADLINE}\n\n{PROSE}", HEADLINE) == []
    assert flagged(f"{HEADLINE}\n\n{HEADLINE.upper()}.\n\n{PROSE}") == [f"{HEADLINE.upper()}."]
    assert flagged(f"{HEADLINE}\n{HEADLINE} | The Inkwell Post\n{PROSE}") == [f"{HEADLINE} | The Inkwell Post"]
    assert flagged(f"{HEADLINE}\nQuillfeather blames Thornapple...\n{PROSE}") == []
    assert flagged(f"{HEADLINE}\nQuillfeather blames Thornapple for…\n{PROSE}") == [
        "Quillfeather blames Thornapple for…"
    ]


def test_another_headline_is_no_repetition() -> None:
    assert flagged(f"{HEADLINE}\nQuillfeather blames Sample for the flood\n{PROSE}") == []


def test_a_caption_with_its_source_is_no_headline() -> None:
    caption = "Former Dam Keeper Basil Thornapple"
    assert flagged(f"{caption}\n{caption} Reuters\n\n{PROSE}") == [f"{caption} Reuters"]
    assert flagged(f"{caption} Reuters\n{caption}\n\n{PROSE}") == [f"{caption} Reuters"]


def test_a_headline_with_a_cue_stays() -> None:
    headline = "WATCH: Quillfeather calls Thornapple a liar"
    assert flagged(f"{headline}\n\n{PROSE}") == []
    assert flagged(f"By Zara Fotoni\n{headline}\n{PROSE}", headline) == []


def test_a_credit_inside_a_line_is_flagged_alone() -> None:
    text = f"{HEADLINE}\nThornapple on Monday. (AP Photo/Zara Fotoni) He denied it (twice). [Image: PA]"
    assert flagged(text) == ["(AP Photo/Zara Fotoni)", "[Image: PA]"]
    assert flagged("LONDON (Reuters) - Thornapple (R-Texas) denied it.") == []


def test_a_caption_is_read_but_not_its_credit() -> None:
    caption = "Zara Quillfeather opens the bridge in Leeds. Image: Basil Thornapple."
    assert flagged(f"{HEADLINE}\n\n{PROSE}\n\n{caption}") == ["Image: Basil Thornapple."]


def test_no_text_no_spans() -> None:
    assert flagged("") == []
    assert flagged("\n\r\n \n") == []


@given(
    st.lists(st.one_of(st.text(), st.sampled_from(["Read more:", "Share", PROSE, "(Photo: Ann/PA) x", "a|b|c"]))),
    st.one_of(st.none(), st.text()),
)
def test_spans_are_sorted_apart_and_within_lines(lines: list[str], title: str | None) -> None:
    text = "\n".join(lines)
    spans = boilerplate_spans(text, title)
    assert list(spans) == sorted(spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    for span in spans:
        assert span.of(text) == span.of(text).strip()
        assert "\n" not in span.of(text)


def test_a_broken_table_says_which_entry() -> None:
    empty = "\n".join(
        f"[{name}]\nx" for name in ("agency", "image agency", "furniture", "subscribe", "credit", "pointer", "caption")
    )
    with pytest.raises(ValueError, match=r"not a regular expression: '\(x'"):
        parse_table(f"{empty}\n[lead]\n(x\n[part]\nx\n")


@needs_articles
def test_evidence_of_required_claims_is_never_flagged() -> None:
    covered: list[str] = []
    flagged_lines = lines = 0
    for labels in sorted((SHARED / "gold_train").glob("*.json")):
        text = labels.with_suffix(".txt").read_bytes().decode()
        spans = boilerplate_spans(text, None)
        lines += text.count("\n") + 1
        flagged_lines += len(spans)
        for claim in json.loads(labels.read_text(encoding="utf-8"))["claims"]:
            start = text.find(claim["evidence"])
            end = start + len(claim["evidence"])
            if not claim.get("optional") and any(span.start < end and start < span.end for span in spans):
                covered.append(f"{labels.stem}: {claim['evidence']}")
    assert covered == []
    assert flagged_lines < lines / 100


@needs_articles
def test_plain_articles_have_next_to_no_boilerplate() -> None:
    found = [
        line
        for path in sorted((SHARED / "data/bbc_politics").glob("*.txt"))
        for line in flagged(path.read_bytes().decode())
    ]
    assert [line for line in found if any(char.isalpha() for char in line)] == []


@needs_articles
def test_the_seed_article() -> None:
    found = flagged((SHARED / "seed/article.txt").read_bytes().decode())
    assert [line.split()[0] for line in found] == ["Former", "Listen", "Click", "Join"]
