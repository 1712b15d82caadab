"""What nobody at the site's own pages would send: texts, bodies, headers, requests. Repeatable by number."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from benchmarks.live_client import CSRF_SECRET, FORM, bytes_of, headers_of

Fields = Mapping[str, list[str]]
# Stands nowhere else, so that it is seen where it comes back as an element or an attribute.
LIVE = "zq9live"
TEXTS = [
    "", "   ", "\x00", "a\x00b", "\ufffd", "\ufeff", "\u202egnp.exe", "\u2066\u2069\u200f\u200e",
    "a" + "\u0301" * 4000,
    "\U0001f9d2\U0001f3fd\u200d\U0001f91d" * 200, "\uff11\uff12",
    "\u0130" * 500, "x" * 300, "x" * 5_001, "\x01\x02\x1b[2J\x7f",
    "-1", "0", "-999999999999", "9" * 25, "9" * 400, "1e309", "NaN", "-Infinity", "0x41", "1_000", "2147483648",
    "9223372036854775808", "31/02/2026", "0000-00-00", "2026-13-45T99:99", "25:61", "9999-12-31", "-0001-01-01",
    "null",
    "true", "[]", "{}", "on", "yes", "add:item", "later", "check", "' OR 1=1 --",
    "'; DROP TABLE decisions_decision; --",
    "%s%n%x", "{0.__class__}", "{{ 7|add:42 }}{% debug %}", "${7*7}", "../../../etc/passwd", "..\\..\\x",
    "file:///etc/passwd",
    "javascript:alert(1)", "//evil.example", "\r\nSet-Cookie: a=b", "=cmd|' /C calc'!A0",
    "00000000-0000-4000-8000-000000000000",
    f"<{LIVE}>", f"\"><{LIVE} onload=1>", f"\" {LIVE}=\"1", f"' {LIVE}='1", f"</textarea><{LIVE}>",
    f"</title><{LIVE}>",
    f"</script><{LIVE}>", f"<!--><{LIVE}>", f"<svg><{LIVE}/></svg>", f"\ufe64{LIVE}\ufe65",
]  # fmt: skip
# Bytes that are no UTF-8, as a form sends them.
RAW = ["%ED%A0%80", "%FF%FE", "%C0%AF", "%F5%80%80%80", "%80", "%", "%zz", "%00", "%u0041", "%E2%80"]
PATHS = [
    "%00",
    "%ff",
    "..%2f..%2fetc",
    "x" * 3000,
    "%F0%9F%A7%92",
    "%0d%0aX:y",
    "..;/",
    "%2e%2e/",
    "//",
    "?" * 50,
    "%u202e",
]
EXTRA = ["then", "version", "page", "nonsense", "people-rows", "item-rows", "item-59-text", "other-rows",
         "sending-rows", "next",
         "submission_id", "autosave", "id", "pk", "__proto__", "csrfmiddlewaretoken"]  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A page, who may send to it, and what it would send as it stands."""

    name: str
    path: str
    session: str
    fields: Fields


Maker = Callable[[random.Random, Target], bytes]


def names(target: Target) -> list[str]:
    return sorted({*target.fields, *EXTRA} - {"csrfmiddlewaretoken"})


def posted(target: Target, body: str | bytes, *, kind: str = FORM, **more: str) -> bytes:
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    fields = {"Content_Type": kind, "Content_Length": str(len(raw)), "X_CSRFToken": CSRF_SECRET, **more}
    return bytes_of("POST", target.path, headers_of(target.session, **fields), raw)


def encoded(fields: Fields) -> str:
    return urlencode({"csrfmiddlewaretoken": [CSRF_SECRET], **fields}, doseq=True, errors="surrogatepass")


def some_texts(given: random.Random, target: Target) -> bytes:
    """A few answers are nonsense, the others as they stand."""
    wrong = given.sample(names(target), k=min(given.randint(1, 6), len(names(target))))
    return posted(target, encoded({**target.fields, **{name: [given.choice(TEXTS)] for name in wrong}}))


def every_text(given: random.Random, target: Target) -> bytes:
    return posted(target, encoded({name: [given.choice(TEXTS)] for name in names(target)}))


def marked(given: random.Random, target: Target) -> bytes:
    """Every answer tries to become an element of the page that shows it again."""
    marks = [text for text in TEXTS if LIVE in text]
    kept = {name for name in target.fields if given.random() < 0.5}  # noqa: PLR2004
    typed = {name: [given.choice(marks)] for name in target.fields if name not in kept}
    return posted(target, encoded({**target.fields, **typed}))


def raw_bytes(given: random.Random, target: Target) -> bytes:
    pairs = "&".join(f"{quote(name)}={given.choice(RAW)}x{given.choice(RAW)}" for name in names(target))
    return posted(target, f"csrfmiddlewaretoken={CSRF_SECRET}&{pairs}")


def megabyte(given: random.Random, target: Target) -> bytes:
    letter = given.choice(["x", "ä", "\u0301", "\n", "<", "&", " "])
    size = 1_000_000 // len(quote(letter))
    return posted(target, encoded({**target.fields, given.choice(names(target)): [letter * size]}))


def many_fields(given: random.Random, target: Target) -> bytes:
    stem = given.choice(["a", "item", "other", "people", *list(target.fields)[:3]])
    return posted(target, encoded({**target.fields, **{f"{stem}-{n}-text": ["x"] for n in range(1_200)}}))


def repeated(given: random.Random, target: Target) -> bytes:
    times = given.choice([2, 50, 100])
    again = {name: [*values * times, given.choice(TEXTS)] for name, values in list(target.fields.items())[:25]}
    return posted(target, encoded(again))


def as_arrays(given: random.Random, target: Target) -> bytes:
    shape = given.choice(
        ["{}[]", "{}[0]", "{}[a][b]", "{}.x", "{}[$ne]", "{} ", "{}\x00", "-{}", "{}-0", "{}-999999999-text"]
    )
    return posted(target, encoded({shape.format(name): [given.choice(TEXTS)] for name in names(target)}))


def parts(given: random.Random, target: Target) -> bytes:
    """Multipart, whole or broken."""
    edge = given.choice(["----edge", "x" * 70, "a b", "é"])
    head = 'Content-Disposition: form-data; name="{}"{}\r\n{}\r\n{}\r\n'
    more = given.choice(["", '; filename="a.csv"', '; filename="../../x"', "; filename*=utf-8''%00", '; filename=""'])
    kind = given.choice(
        ["", "Content-Type: text/csv\r\n", "Content-Transfer-Encoding: base64\r\n", "Content-Type: x; charset=nope\r\n"]
    )
    fields = {"csrfmiddlewaretoken": CSRF_SECRET, **{name: given.choice(TEXTS) for name in names(target)}}
    body = (
        "".join(f"--{edge}\r\n{head.format(name, more, kind, text)}" for name, text in fields.items())
        + f"--{edge}--\r\n"
    )
    cut = given.choice([len(body), len(body), len(body) // 2, 5, 0])
    said = given.choice(
        [f"; boundary={edge}", f"; boundary={edge}", "", "; boundary=", "; boundary=other", f'; boundary="{edge}']
    )
    return posted(target, body[:cut], kind=f"multipart/form-data{said}")


def other_kinds(given: random.Random, target: Target) -> bytes:
    """Not the form that it says it is, or in another character set."""
    kind = given.choice(["application/json", "text/xml", "text/plain", f"{FORM}; charset=utf-16",
                        f"{FORM}; charset=nope",
                         f"{FORM}; charset=utf-7", f"{FORM}; charset=\x01", "", "x",
                         "multipart/mixed; boundary=a"])  # fmt: skip
    deep = given.choice(["[" * 50_000, '{"a":' * 20_000, "[" * 400 + "]" * 400, '"' + "\\ud800" * 10 + '"'])
    form, entity = encoded(target.fields), '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    bodies: list[str | bytes] = [deep, form, entity, form.encode("utf-16")]
    more = {"Content_Encoding": given.choice(["gzip", "br", "identity"])} if given.random() < 0.3 else {}  # noqa: PLR2004
    return posted(target, given.choice(bodies), kind=kind, **more)


def headers(given: random.Random, target: Target) -> bytes:
    """One header is nonsense, very long, or there are very many."""
    text = given.choice(
        [
            "x" * 7_000,
            "x" * 100_000,
            "\u00e9\u202e",
            "\x7f",
            ",;=\"'\\",
            "-1",
            "a" * 40 + "=" + "b" * 3_000,
            f"<{LIVE}>",
        ]
    )
    name = given.choice(["Host", "Origin", "Referer", "Cookie", "X_Forwarded_For", "X_Forwarded_Proto",
                        "X_Request_ID", "Accept",
                         "Accept_Language", "Accept_Encoding", "Range", "If_Modified_Since", "If_None_Match",
                         "Authorization",
                         "Sec_Fetch_Site", "X_Requested_With", "User_Agent", "X_CSRFToken", "Expect",
                         "X"])  # fmt: skip
    changed = {name: text} if given.random() < 0.8 else {f"X_{n}": "y" for n in range(given.choice([90, 500]))}  # noqa: PLR2004
    if given.random() < 0.5:  # noqa: PLR2004
        return bytes_of("GET", target.path, headers_of(target.session, **changed))
    return posted(target, encoded(target.fields), **changed)


def asked(given: random.Random, target: Target) -> bytes:
    """The address has nonsense after its question mark."""
    keys = ["page", "author", "outcome", "family", "kind", "to", "section", "show", "entry_route", "next",
            "number", "q", "word",
            "child", "decided_from_day", "team", "overdue", "start", "end", *names(target)]  # fmt: skip
    pairs = {key: given.choice(TEXTS) for key in given.sample(keys, k=min(6, len(keys)))}
    query = urlencode(pairs, errors="surrogatepass")[:3_500] + given.choice(
        ["", "&", "&=", "&a", f"&page={given.choice(RAW)}"]
    )
    return bytes_of("GET", f"{target.path}?{query}", headers_of(target.session))


def paths(given: random.Random, target: Target) -> bytes:
    cut = given.randint(1, max(1, len(target.path) - 1))
    wrong = given.choice(PATHS)
    path = given.choice(
        [target.path[:cut] + wrong, target.path + wrong, target.path.upper(), target.path.rstrip("/"), "/" + wrong]
    )
    return bytes_of(given.choice(["GET", "POST"]), path, headers_of(target.session, Content_Length="0"))


def requests(given: random.Random, target: Target) -> bytes:
    """No HTTP, or hardly."""
    head = headers_of(target.session)
    method = given.choice(["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "FOO", "PROPFIND", "get"])
    length = {**head, "Content-Length": given.choice(["-5", "1e3", "+5", "five", "9" * 400, "0, 0", ""])}
    return given.choice([
        bytes_of(method, target.path, head),
        bytes_of("POST", target.path, length),
        bytes_of("POST", target.path, {**head, "Content-Length": "3", "Transfer-Encoding": "chunked"}, b"0\r\n\r\n"),
        bytes_of("POST", target.path, {**head, "Transfer-Encoding": "chunked"}, b"3\r\na=b\r\n0\r\n\r\n"),
        bytes_of("POST", target.path, {**head, "Transfer-Encoding": "chunked"}, b"zz\r\n"),
        b"\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
        f"GET {target.path} HTTP/1.1\nHost: x\n\n".encode() + b"\r\n\r\n",
        bytes_of("GET", "http://evil.example" + target.path, head),
        bytes_of("GET", target.path, {**head, "Bad Header": "x"}),
        bytes_of("GET", target.path + " x y", head),
    ])  # fmt: skip


# The first are what a form is for, so they come more often.
MAKERS: list[Maker] = [
    some_texts, some_texts, some_texts, every_text, marked, marked, raw_bytes, megabyte, many_fields, repeated,
    as_arrays, parts, parts, other_kinds, headers, asked, asked, paths, requests,
]  # fmt: skip
