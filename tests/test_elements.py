"""Reading HTML as its elements: as Python's own reader does, where a page of ours could make a difference."""

from html.parser import HTMLParser
from weakref import ref

import pytest

from tests.elements import Page

PIECES = (
    "<p>plain</p>",
    '<a href="/x/?a=1&amp;b=2" title="5 > 4">more</a> and &lt;b&gt; &#x27;quoted&#x27;',
    "<input type=checkbox name='a' checked><br/>after",
    '<svg viewBox="0 0 1 1"><path d="M0 0"/><title>Crown</title></svg>',
    "<script>if (a < b) { c('<p>'); }</script><p>after</p>",
    "<style>p > a { color: red }</style><p>after</p>",
    "<!-- a <p> in a comment --><P CLASS=Big>Upper</P>",
    "<textarea>\n one\n two</textarea>",
    "3 < 4 & 5 > 4, and <3",
    '<a\n  href="/x/"\n  class="one two"\n>lines</a>',
    "<p></p><p>\n</p>",
    "<script></script>",
)


class Reference(HTMLParser):
    """What Python's reader finds, as one list."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[object] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


@pytest.mark.parametrize("html", PIECES)
def test_the_same_elements_are_found(html: str) -> None:
    page = Page(html)
    assert [(one.tag, one.attrs) for one in page.elements] == Reference(html).found
    assert page.stray == []


@pytest.mark.parametrize(
    ("html", "words"),
    [(PIECES[1], "more and <b> 'quoted'"), (PIECES[4], "if (a < b) { c('<p>'); }after"), (PIECES[8], PIECES[8])],
)
def test_the_words_are_those_that_are_read(html: str, words: str) -> None:
    assert Page(html).root.text == words


@pytest.mark.parametrize(
    ("html", "stray"), [("<p><b></p></b>", 1), ("</div>", 1), ("<ul><li>one</ul>", 1), ("<p>left open", 0)]
)
def test_an_end_that_closes_something_else_is_stray(html: str, stray: int) -> None:
    assert len(Page(html).stray) == stray


def test_the_doctype_is_kept() -> None:
    assert Page("<!DOCTYPE html><html></html>").doctype == "DOCTYPE html"


def test_a_page_that_nobody_holds_is_gone_at_once_and_what_is_held_of_it_says_so() -> None:
    page = Page("<main><p>one</p></main>")
    [words] = page.all("p")
    gone = ref(page.root)
    assert words.inside("main") is not None
    del page
    assert gone() is None
    assert words.text == "one"
    with pytest.raises(ReferenceError):
        words.inside("main")
