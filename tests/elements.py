"""A page's HTML as its elements. Every page that a test fetches is read: html.parser takes three times as long."""

import re
from functools import lru_cache
from html import unescape
from weakref import ref

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
MARK = re.compile(
    r"""<(?P<tag>[a-zA-Z][^\s/>]*+)(?P<attrs>(?:[^"'>]++|"[^"]*+"|'[^']*+')*+)>"""
    r"""|</(?P<closed>[a-zA-Z][^\s/>]*+)[^>]*+>|<!--.*?-->|<!(?P<declared>[^>]*+)>""",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/=>]*+)(?:\s*=\s*("[^"]*+"|'[^']*+'|[^>\s]*+))?""")
QUOTES = frozenset("\"'")
UNREAD = {tag: re.compile(f"</{tag}\\b", re.IGNORECASE) for tag in ("script", "style")}


class Element:
    """It holds what stands in it, and only knows what it stands in: so a page is gone as soon as nobody holds it.

    Were it held both ways, the garbage collector would have three thousand objects of each page to find.
    """

    __slots__ = ("__weakref__", "_parent", "attrs", "tag", "texts")

    def __init__(self, tag: str, attrs: dict[str, str], parent: "Element | None") -> None:
        self.tag = tag
        self.attrs = attrs
        self._parent = ref(parent) if parent else None
        self.texts: list[str | Element] = []

    @property
    def parent(self) -> "Element | None":
        found = self._parent() if self._parent else None
        if self._parent and found is None:
            raise ReferenceError("Keep the page for as long as you look at what is on it")
        return found

    @property
    def text(self) -> str:
        return " ".join(self.raw_text.split())

    @property
    def raw_text(self) -> str:
        return "".join(part if isinstance(part, str) else part.raw_text for part in self.texts)

    def inside(self, tag: str) -> "Element | None":
        found = self.parent
        while found is not None and found.tag != tag:
            found = found.parent
        return found

    def has_class(self, name: str) -> bool:
        classes = self.attrs.get("class", "")
        return name in classes and name in classes.split()

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attrs}>"


class Page:
    """The elements of a page in their order, with what they stand in."""

    def __init__(self, html: str) -> None:
        self.root = Element("", {}, None)
        self.open = [self.root]
        self.elements: list[Element] = []
        self.tagged: dict[str, list[Element]] = {}
        self.stray: list[str] = []
        self.doctype = ""
        self._read(html)

    def _read(self, html: str) -> None:
        at = 0
        for found in MARK.finditer(html):
            start, end = found.span()
            if start < at:
                continue  # stands in a script, which is not read
            if start > at:
                self.open[-1].texts.append(unescape(html[at:start]))
            at = end
            tag, attrs, closed, declared = found.groups()
            if tag:
                at = self._start(tag.lower(), attrs, html, end)
            elif closed:
                self._end(closed.lower())
            elif declared:
                self.doctype = declared
        if at < len(html):
            self.open[-1].texts.append(unescape(html[at:]))

    def _start(self, tag: str, attrs: str, html: str, at: int) -> int:
        """Where to read on."""
        element = Element(tag, _named(attrs) if attrs else {}, self.open[-1])
        self.elements.append(element)
        self.tagged.setdefault(tag, []).append(element)
        self.open[-1].texts.append(element)
        if tag not in VOID:
            self.open.append(element)
            if attrs.endswith("/"):
                self._end(tag)
            elif tag in UNREAD:
                found = UNREAD[tag].search(html, at)
                unread = html[at : found.start() if found else None]
                element.texts.append(unread)
                return at + len(unread)
        return at

    def _end(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()
        elif tag not in VOID:
            self.stray.append(f"</{tag}> closes <{self.open[-1].tag}>")

    def all(self, *tags: str) -> list[Element]:
        if len(tags) == 1:
            return list(self.tagged.get(tags[0], ()))
        return [element for element in self.elements if element.tag in tags]

    def by_id(self, id_: str) -> Element | None:
        return next((element for element in self.elements if element.attrs.get("id") == id_), None)

    def classed(self, name: str) -> list[Element]:
        return [element for element in self.elements if element.has_class(name)]


@lru_cache(maxsize=20_000)
def _named(attrs: str) -> dict[str, str]:
    """The same tags stand on every page; nobody changes what is returned."""
    return {
        name.lower(): unescape(value[1:-1] if value[:1] in QUOTES else value)
        for name, value in ATTRIBUTE.findall(attrs)
    }
