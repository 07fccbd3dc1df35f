"""Pictures between two comments of a Markdown document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.errors import AnalyzerError
from analyzer.renderings.embedding import Embed, fill_embeds, find_embeds

START, END = "<!-- analyzer: diagram --wave 2 -->", "<!-- /analyzer -->"


def test_what_stands_between_is_replaced_and_nothing_else() -> None:
    text = f"# Waves\n\nText\n{START}\nold\n\n- list\n{END}\nmore\n\n{START}\n{END}"
    embeds = find_embeds(text, document="a.md")
    assert embeds == [Embed("--wave 2", 4, 8), Embed("--wave 2", 11, 12)]
    filled = fill_embeds(text, embeds, ["new", "```mermaid\nx\n```\n"])
    assert filled == (
        f"# Waves\n\nText\n{START}\n\nnew\n\n{END}\nmore\n\n{START}\n\n```mermaid\nx\n```\n\n{END}"
    )
    # Once more changes nothing.
    again = find_embeds(filled, document="a.md")
    assert fill_embeds(filled, again, ["new", "```mermaid\nx\n```\n"]) == filled


def test_lines_end_as_they_did() -> None:
    text = f"one\x0bline\u2028\r\n\r\n{START}\r\n{END}\r\nlast"
    filled = fill_embeds(text, find_embeds(text, document="a.md"), ["a\nb"])
    assert filled == (f"one\x0bline\u2028\r\n\r\n{START}\r\n\r\na\r\nb\r\n\r\n{END}\r\nlast")


def test_what_a_page_shows_as_an_example_is_not_meant() -> None:
    text = f"```markdown\n{START}\n{END}\n```\n\n    {START}\n\ntext `{START}`\n"
    assert find_embeds(text, document="a.md") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{START}\ntext\n", "a.md:1: this picture has no end"),
        (f"{START}\n\n{START}\n\n{END}\n", "a.md:1: this picture has no end"),
        (f"text\n\n{END}\n", "a.md:3: this comment ends a picture, but none begins"),
        (f"<!-- analyzer: status -->\n{END}\n", "a.md:1: this comment has to be one line"),
        (f"<!-- analyzer: diagram\n--wave 2 -->\n{END}\n", "a.md:1: this comment has to be"),
    ],
)
def test_what_is_wrong_has_its_line(text: str, message: str) -> None:
    with pytest.raises(AnalyzerError) as error:
        find_embeds(text, document="a.md")
    assert str(error.value).startswith(message)


@given(
    parts=st.lists(
        st.sampled_from([f"{START}\n{END}\n", "text\n", "\n", "- a\n", "# b\r\n", "```\nx\n```\n"]),
        max_size=8,
    )
)
def test_filling_is_stable_and_leaves_the_rest(parts: list[str]) -> None:
    text = "".join(parts)
    try:
        embeds = find_embeds(text, document="a.md")
    except AnalyzerError:
        # A list takes a comment behind it in, and a page may end in it.
        return
    contents = [f"picture {number}" for number in range(len(embeds))]
    filled = fill_embeds(text, embeds, contents)
    found = find_embeds(filled, document="a.md")
    assert fill_embeds(filled, found, contents) == filled
    emptied = fill_embeds(filled, found, [""] * len(found))
    outside = [line for line in text.splitlines() if line not in (START, END)]
    assert [one for one in emptied.splitlines() if one.strip() and one not in (START, END)] == [
        one for one in outside if one.strip()
    ]
