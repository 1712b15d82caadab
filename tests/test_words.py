"""One idea, one word: the words that the field's own have replaced must not come back.

Python names, URLs, events and columns are searched for words. Screens, docstrings and comments are searched for
phrases, because a plain English sentence may use "told" or "minded" in its ordinary sense. Each exception carries its
reason.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from rules.guidance import newest, passages
from tests.in_turn import in_turn
from tests.literals import comments_and_docstrings, strings, words_of_code
from tests.sources import nodes_of, parsed, text_of
from tests.template_names import names_in_tags, names_of_values

ROOT = Path(__file__).resolve().parents[1]
APPS = (
    "accounts",
    "administration",
    "audit",
    "decisions",
    "drafting",
    "emergencies",
    "families",
    "incidents",
    "letters",
    "reflections",
    "reminders",
    "reports",
    "retention",
    "reviews",
    "rights",
    "rules",
    "safeguarding",
    "search",
    "ui",
    "wording",
)

# Parts of a name, as they stand between underscores or capitals: pattern of the part(s) -> the word to use.
OLD_NAMES = {
    "verdicts?": "review, review outcome",
    "tellings?|told": "informing, informed",
    "minded": "outcome, decision",
    "worry|worries|worrying": "concern",
    "unsent": "autosave",
    "keeping": "autosave",
    "beside": "additions",
    "doors?": "entry route",
    "six": "urgent record",
    "oversight": "administration",
    "bundles?": "combination, suggestion",
    "nudges?": "prompt",
    "chases?|chasing": "reply deadlines",
    "afresh": "discard",
    "hush": "hide_errors",
    "shortlist": "recording_checks",
    "law_rows?|(?<!legal_)basis_rows?": "provision",
    "takes_up|taken_up|take_up|taking_up": "supersede",
    "passed_up|pass_up|passing_up": "passed_to",
    "put_team_on|take_team_off|team_off": "add_team_to_family, remove_team_from_family",
    "made_code": "local_code",
    "asked_no_more|not_asked_more": "unasked",
    "what_was_(?:saved|weighed|typed|said)": "saved_answers, sharing_answers, form_data",
    "must_not_reach": "not_disclosed_to",
    "why_held|held_why|held_from|held_back": "why_withheld, withheld_from",
    "rung": "called",
    "ones": "the noun: rows, additions, people",
    "throw_away|thrown_away": "delete",
    "said_already|already_said": "already_recorded",
    "is_no_reason": "is_empty_reason",
    "roads?": "outcome, index scan, path",
}
# Modules that had these names, and what holds their work now.
OLD_MODULES = {
    "journey": "drafting", "say": "consent", "saying": "consent", "told": "informing", "since": "events",
    "again": "supersede", "once": "submission", "after": "additions", "adding": "additions", "asked": "request",
    "asking": "question_page", "handing": "hand_over", "copies": "printing", "linked": "related", "typed": "form_data",
    "who": "people", "give": "information", "basis_rows": "provisions", "blocks": "recording", "linking": "chain",
    "plain": "serialising", "able": "capacity", "offering": "legal_options", "sensitive": "special_category",
    "rounds": "review_state",
}  # fmt: skip
# TOLD also stands in an address: `?entry_route=TOLD`.
STORED = "a code of records and of docs/facts.schema.json, which other systems read; its label uses the word"
# Local names that say nothing: the noun says what they hold.
EMPTY_LOCALS = frozenset({"one", "ones", "said", "told", "kept", "row_", "thing", "things"})
# Where such a name is the field's own.
LOCAL_EXCEPTIONS = {
    ("drafting/pages/consent_person.py", "said"): "the field of the form with what the person said",
    ("rules/facts.py", "said"): "a fact of a sending: what was said where it differs from the items",
}
# A name (whole, as written) -> why the old word may stand in it.
NAME_EXCEPTIONS = {
    "PASSED_UP": STORED,
    "TOLD": STORED,
    "PARTLY_TOLD": STORED,
    "TOLD_AT_TIME": STORED,
    "TOLD_BEFORE": STORED,
    "TOLD_AFTER": STORED,
    "NOT_TELLING": STORED,
    "GIRL_TOLD": STORED,
    "told_in_confidence": "what somebody told us in confidence: a source's words, not informing the family",
    "told_on": "the day somebody told us an age: a source's words, not informing the family",
    "next_door": "the fixture of a team next door, in the ordinary sense",
}

# Phrases of the screens that the glossary replaces. Matched in any case, across line breaks.
OLD_PHRASES = {
    r"minded to\b": "Your decision and reasons",
    r"asked by, going to": "Who you are sharing with",
    r"what is worrying you": "Your concern",
    r"(?-i:What they say\b)(?! (?:is|when|about))": "Views and consent",
    r"give and hold back": "What you will share",
    r"(?-i:What lets you share)": "Lawful basis",
    r"sent, and told": "What was sent and who was told",
    r"instead, and told": "What you did instead",
    r"check and record\b": "Check your answers",
    r"ring first": "Call first, record later",
    r"told first": "Urgent record, to be completed",
    r"write the rest": "Complete your urgent record",
    r"\bverdicts?\b": "Review",
    r"returned with a question": "Sent back for clarification",
    r"add a sending": "Record that you sent it",
    r"add what came of it": "Record the outcome",
    r"add what [^.<]{1,40} says now": "Record their views",
    r"put something right": "Correct or add to this record",
    r"\bdecide again\b": "Make a new decision",
    r"take(?:n|s)? (?:it |this |that )?up again|taking (?:it )?up again": "superseded by",
    r"throw (?:this )?(?:draft )?away|thr(?:own|ew) away": "Delete draft",
    r"start(?:ing)? afresh": "Start again",
    r"take this one out": "Remove",
    r"somebody who is not listed": "Add a person",
    r"grown-up (?:brother|sister)": "Adult sibling",
    r"may be a source of harm": "Alleged or suspected source of harm",
    r"whether they can decide": "Gillick competent / capacity assessed",
    r"what speaks for it": "Benefits and risks of sharing",
    r"\bfront door\b": "Children's social care (MASH)",
    r"nothing stands in the way": "Ready to record",
    r"neither that we hold something": "I neither confirmed nor denied that we hold information",
    r"protecting someone matters more": "Overriding public interest",
    r"that someone may have done one": "Criminal offence or allegation",
    r"who must it never reach": "Must not be disclosed to",
    r"thinking of crime in all": "Duty to consider crime and disorder",
    r"many troubles": "multiple needs",
    r"may be a slave": "potential victim of modern slavery",
    r"what you think it may mean": "Your professional opinion",
    r"nobody could tell that it is them": "Not needed: anonymised",
    r"\blaw rows?\b|\brows? of (?:the )?law\b": "Legal provision",
    r"usual sets?\b": "Suggested combination",
    r"\b(?:four|three|two) doors\b": "entry routes",
    r"\bthe six\b": "urgent record",
    r"the rest is due": "Complete it by",
    r"take it up with|took it up with": "escalate it to",
    r"belongs? beside|stand beside": "the part of the record it is about",
    r"look(?:ed|s)? (?:at (?:it|this) )?again": "review date, reconsider",
    r"(?:what|which) lets you share": "lawful basis",
    r"\bpass(?:ed|es|ing)? (?:it )?up\b": "passed to a manager",
    r"called back, |be called back": "recalled",
    r"team (?:on|off) (?:first|this family|the family)": "add or remove a team",
    r"\bring (?:999|the|or write|them)\b": "call",
    r"(?:choose|give) (?:a|this|another) row\b|about this row\b": "legal provision",
    r"(?:is|are) there already": "There is already a ...",
    r"present password": "current password",
    r"used here after all|has begun after all": "commencement or retirement withdrawn",
    r"cannot be kept: ": "cannot be added",
}
# Phrases of docstrings and comments, besides those of the screens.
OLD_COMMENTS = {
    r"\b(?:two|three|four) doors\b": "entry routes",
    r"written at once": "urgent record",
    r"says? the rest": "completes the urgent record",
    r"what lets (?:you|them|someone)\b": "lawful basis",
    r"\ba yes (?:is|was|covers|to|counts|stands)\b|\bwhose yes\b|\btheir yes\b": "consent",
    r"falls? (?:on|with) a (?:no|refusal)": "does not apply when consent is refused",
    r"stands? (?:when|on) (?:a no|someone says)": "applies when consent is refused",
    r"thr(?:own|ows?|ew|owing) (?:it |this |that |the draft )?away": "delete",
    r"decide[sd]? a(?:new|fresh)\b|given afresh": "make a new decision",
    r"(?:of|whoever of) two at once\b|at once must not both": "so that the second of two concurrent ... sees the first",
    r"\bSaidAlready\b|`once`": "AlreadyRecorded, submission_id",
    r"\bLawRow\b": "Provision",
    r"no other hand|another hand": "somewhere else",
    r"half[- ]typed": "autosaved",
    r"the ledger hears": "the ledger has an entry",
    r"as for the six|beside the record\b": "the record",
    r"short list\b": "recording checks",
    r"in our look|in its own voice|speaks in": "with our fields; its own actor",
}
CODE_ON_A_PAGE = re.compile(r">[^<{%]*\b(?:ART(?:6|9|10)|P18|CA\d{4}|LOCAL)_[A-Z0-9_]+")


@cache
def name_parts(name: str) -> str:
    """`AddTellingForm` and `add_telling_form` are both "add_telling_form"."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return split.lower().replace("-", "_").strip("_")


OLD_NAME = re.compile("(?:^|_)(" + "|".join(OLD_NAMES) + ")(?=_|$)")


@cache
def old_word(name: str) -> str:
    """The old word in a name, or nothing."""
    if name in NAME_EXCEPTIONS:
        return ""
    found = OLD_NAME.search(name_parts(name))
    return found[1] if found else ""


@cache
def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """For a text in small letters: to look for both takes three times as long."""
    return re.compile("|".join(f"(?:{pattern.replace('(?-i:', '(?:').lower()})" for pattern in phrases))


def flattened(text: str) -> str:
    return " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


def old_phrases(path: str, text: str, phrases: Mapping[str, str] = MappingProxyType(OLD_PHRASES)) -> list[str]:
    flat = flattened(text)
    found: list[str] = []
    # Nearly every text has none: it is searched once for all of them, and only then for each.
    if not any_of(tuple(phrases)).search(flat.lower()):
        return found
    for pattern, wanted in phrases.items():
        found += [f"{path}: {hit[0]!r}, write {wanted!r}" for hit in re.finditer(pattern, flat, re.IGNORECASE)]
    return found


def old_phrases_in(path: Path, texts: Iterable[tuple[int, str]], *lists: Mapping[str, str]) -> list[str]:
    """Of the texts of a file, each with its line. Nearly every file has none: all its texts are searched as one."""
    every = list(texts)
    patterns = tuple(pattern for phrases in lists for pattern in phrases)
    if not any_of(patterns).search(flattened("\n".join(text for _, text in every)).lower()):
        return []
    name = str(path.relative_to(ROOT))
    return [
        f"{hit} (line {line})" for line, text in every for phrases in lists for hit in old_phrases(name, text, phrases)
    ]


def python_files(*roots: str) -> list[Path]:
    found = [path for root in roots for path in (ROOT / root).rglob("*.py")]
    return sorted(path for path in found if "vendor" not in path.parts and path != Path(__file__).resolve())


def used_names(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Every name that the code gives, uses or passes by keyword; what it imports is declared elsewhere."""
    for node in nodes:
        match node:
            case ast.Name(id=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Attribute(attr=name):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.keyword(arg=str(name)):
                yield node.lineno, name


def shared_names(path: Path) -> Iterator[tuple[int, str]]:
    """What a test module offers to others: helpers, fixtures, their parameters, constants.

    The name of a test is a sentence and its local variables are read with it: plain English, like a screen's text.
    """
    for node in nodes_of(path):
        match node:
            case ast.FunctionDef(name=name) if not name.startswith("test_"):
                yield node.lineno, name
            case ast.ClassDef(name=name) | ast.arg(arg=name):
                yield node.lineno, name
    for statement in parsed(path).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            yield from ((node.lineno, node.id) for node in ast.walk(statement) if isinstance(node, ast.Name))


def local_names(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Names that code gives to what it holds: variables, arguments and loops; not attributes."""
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield node.lineno, name


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, path)
        elif isinstance(entry, URLPattern):
            yield path, entry.name or ""


def names_in(path: Path) -> list[str]:
    name = str(path.relative_to(ROOT))
    found: set[str] = set()
    if any(old_word(word) and not word.startswith("test_") for word in words_of_code(path)):
        names = shared_names(path) if name.startswith("tests/") else used_names(nodes_of(path))
        found = {f"{name}:{line} {text}: write {wanted(text)!r}" for line, text in names if old_word(text)}
    folders = {*path.relative_to(ROOT).parent.parts, path.stem.removeprefix("test_")}
    found |= {f"{name}: the module's name, write {OLD_MODULES[one]!r}" for one in folders & set(OLD_MODULES)}
    found |= {f"{name}: the module's name, write {wanted(one)!r}" for one in folders if old_word(one)}
    return sorted(found)


def wanted(name: str) -> str:
    word = old_word(name)
    return next(new for pattern, new in OLD_NAMES.items() if re.fullmatch(pattern, word))


def event_names() -> Iterator[tuple[str, str]]:
    """`decision.recorded` and its like: what the ledger calls a thing that happened."""
    labels = {config.label for config in apps.get_app_configs()} | {"decision", "family", "person", "review", "account"}
    named = re.compile(rf"[\"'](?:{'|'.join(labels)})\.[a-z_]+[\"']")
    for path in python_files(*APPS):
        for line, text in strings(text_of(path)) if named.search(text_of(path)) else ():
            if re.fullmatch(r"[a-z_]+\.[a-z_]+", text) and text.split(".")[0] in labels:
                yield f"{path.relative_to(ROOT)}:{line}", text


@pytest.mark.parametrize("root", [*APPS, "benchmarks", "tests"])
def test_python_names_use_the_words(root: str) -> None:
    files = in_turn(python_files(root), of=3) if root == "tests" else python_files(root)
    assert [hit for path in files for hit in names_in(path)] == []


def test_urls_use_the_words() -> None:
    found = []
    for path, name in patterns(get_resolver()):
        words = [*re.sub(r"<[^>]*>", "", path).split("/"), name]
        found += [f"{path} ({name}): {old_word(word)!r}" for word in words if old_word(word)]
    assert found == []


def test_columns_and_models_use_the_words() -> None:
    names = {
        f"{model._meta.label}.{field}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in APPS
        for field in [model.__name__, model._meta.db_table, *(one.name for one in model._meta.get_fields())]
    }
    assert len(names) > 200
    assert sorted(name for name in names if old_word(name.split(".")[-1])) == []


def test_events_of_the_ledger_use_the_words() -> None:
    events = set(event_names())
    assert len(events) > 30
    found = [f"{where} {name}" for where, name in events if any(old_word(part) for part in name.split("."))]
    assert sorted(found) == []


def finding_codes() -> list[str]:
    """Those in use. One that was given up stays in the list, with what replaced it."""
    lines = text_of(ROOT / "rules" / "data" / "finding_codes.txt").splitlines()
    return [line for line in lines if line and line[0] != "#" and ":" not in line]


def test_codes_of_findings_use_the_words() -> None:
    codes = finding_codes()
    assert len(codes) > 200
    assert [f"{code}: write {wanted(code)!r}" for code in codes if old_word(code)] == []


def test_templates_are_named_in_the_words() -> None:
    files = [path for folder in ("templates", "static", "docs") for path in (ROOT / folder).rglob("*")]
    assert [str(path.relative_to(ROOT)) for path in files if "vendor" not in path.parts and old_word(path.stem)] == []


@pytest.mark.parametrize("app", sorted(path.name for path in (ROOT / "templates").iterdir()))
def test_templates_use_the_words(app: str) -> None:
    top = ROOT / "templates" / app
    files = sorted(top.rglob("*.*")) if top.is_dir() else [top]
    found: list[str] = []
    for path in files:
        name, text = str(path.relative_to(ROOT)), text_of(path)
        found += old_phrases(name, text)
        found += [f"{name}: {word}" for word in sorted(names_in_tags(text)) if old_word(word)]
        found += [f"{name}: {hit}" for hit in CODE_ON_A_PAGE.findall(text)]
    assert found == []


@pytest.mark.parametrize("app", APPS)
def test_texts_in_python_use_the_words(app: str) -> None:
    files = python_files(app)
    assert [hit for path in files for hit in old_phrases_in(path, strings(text_of(path)), OLD_PHRASES)] == []


def test_reference_data_uses_the_words() -> None:
    """Older versions of a guidance passage stay as they were shown, so only the newest of each is searched."""
    law = sorted((ROOT / "rules" / "data" / "law").rglob("*.toml"))
    found = [hit for path in law for hit in old_phrases(str(path.relative_to(ROOT)), text_of(path))]
    for name in dict.fromkeys(passage.id for passage in passages()):
        passage = newest(name)
        assert passage is not None
        found += old_phrases(f"guidance {name}", " ".join([passage.title, *passage.points]))
    assert found == []


@pytest.mark.parametrize("app", APPS)
def test_docstrings_and_comments_use_the_words(app: str) -> None:
    found = []
    for path in python_files(app):
        found += old_phrases_in(path, comments_and_docstrings(text_of(path)), OLD_PHRASES, OLD_COMMENTS)
    assert found == []


def test_comments_of_styles_and_scripts_use_the_words() -> None:
    found = []
    for path in sorted([*(ROOT / "static").glob("*.css"), *(ROOT / "static").glob("*.js")]):
        name, text = str(path.relative_to(ROOT)), text_of(path)
        found += [*old_phrases(name, text), *old_phrases(name, text, OLD_COMMENTS)]
    assert found == []


@pytest.mark.parametrize("app", APPS)
def test_local_names_say_what_they_hold(app: str) -> None:
    found = []
    for path in python_files(app):
        if not words_of_code(path) & EMPTY_LOCALS:
            continue
        name = str(path.relative_to(ROOT))
        for line, text in local_names(nodes_of(path)):
            if text in EMPTY_LOCALS and (name, text) not in LOCAL_EXCEPTIONS:
                found.append(f"{name}:{line} {text}: name what it holds")
    assert found == []


def test_names_in_templates_say_what_they_hold() -> None:
    found = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        names = names_of_values(text_of(path)) & EMPTY_LOCALS
        found += [f"{path.relative_to(ROOT)}: {name}" for name in sorted(names)]
    assert found == []


def test_no_template_prints_a_code() -> None:
    """A code such as ART6_E is for the database; a page shows the provision's name."""
    found = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        printed = re.findall(r">[^<]*\{\{\s*[\w.]*\bcode\b[^}]*\}\}", text_of(path))
        found += [f"{path.relative_to(ROOT)}: {text}" for text in printed]
    assert found == []


def test_documents_use_the_words() -> None:
    documents = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
    found = [hit for path in documents for hit in old_phrases(str(path.relative_to(ROOT)), text_of(path))]
    assert found == []


@pytest.mark.parametrize(
    "name",
    [
        "Verdict",
        "add_telling",
        "toldAt",
        "MindedForm",
        "unsent_text",
        "door",
        "the_six",
        "OversightConfig",
        "to_chase",
        "passed_up_to",
        "put_team_on",
        "accepts_what_was_saved",
        "made_code",
        "HELD_WHY",
        "HOUSEHOLD_TOLD",
        "SHARE_ROAD",
    ],
)
def test_the_search_finds_old_names(name: str) -> None:
    assert old_word(name)


@pytest.mark.parametrize("name", ["intellect", "Sixty", "indoors", "reminded", "besides", "TOLD_BEFORE", "informed_at"])
def test_the_search_leaves_other_names(name: str) -> None:
    assert not old_word(name)


@pytest.mark.parametrize(
    "text",
    [
        "<h1>Give and\n hold back</h1>",
        "Waiting for a verdict",
        "U-7 told first",
        "Throw this draft away",
        "Recorded. The rest is due by Monday",
        "Who did you take it up with?",
        "Which part does it belong beside?",
        "When will you look at this again?",
        "consent is rarely what lets you share",
        "Put another team on first",
        "You can ring the LADO",
        "Choose another row",
    ],
)
def test_the_search_finds_old_phrases(text: str) -> None:
    assert old_phrases("page.html", text)


@pytest.mark.parametrize(
    "text",
    [
        "The six, closed at once; the rest is due.",
        "Two doors to the same record.",
        "One decision says the rest.",
        "Raises SaidAlready",
        "Whose information a yes covered: a yes is a yes still",
        "two clicks at once must not both find nothing",
    ],
)
def test_the_search_finds_old_comments(text: str) -> None:
    assert old_phrases("module.py", text) or old_phrases("module.py", text, OLD_COMMENTS)


@pytest.mark.parametrize("name", ["one", "said", "kept"])
def test_the_search_finds_empty_locals(name: str) -> None:
    tree = ast.parse(f"def f({name}):\n    for {name} in rows:\n        {name}.said = row.told")
    assert {text for _, text in local_names(ast.walk(tree))} & EMPTY_LOCALS == {name}


@pytest.mark.parametrize(
    "text",
    [
        '<a href="{% url "drafting:start" %}">{% if told %}x{% endif %}{% include "a.html" with b=True %}',
        '{% url "drafting:told" %}',
        "{{ list|default:told }}",
    ],
)
def test_the_search_finds_old_names_in_tags(text: str) -> None:
    assert {name for name in names_in_tags(text) if old_word(name)} == {"told"}


def test_the_search_leaves_texts_in_tags() -> None:
    assert names_in_tags('{% tag "It was told" %}{{ list|default:"Told once" }}told') == {"tag", "list", "default"}


@pytest.mark.parametrize(
    "text",
    [
        '{% include "letters/_row.html" %}{% for line in lines %}{% with said=line.row %}{% include "a.html" %}',
        '{% url "letters:letter" line.pk as said %}',
        "{% for line, said in lines %}",
        '{% include "a.html" with said=line %}',
        '<a href="{% url "letters:letter" %}">{{ said }}</a>',
    ],
)
def test_the_search_finds_empty_names_in_tags(text: str) -> None:
    assert names_of_values(text) & EMPTY_LOCALS == {"said"}


def test_the_search_leaves_attributes_in_tags() -> None:
    assert not names_of_values('{{ line.said|kept }}{% tag "told" %}') & EMPTY_LOCALS


@pytest.mark.parametrize("text", ["Who told you?", "What was sent and who was told", "What they say is true"])
def test_the_search_leaves_plain_english(text: str) -> None:
    assert not old_phrases("page.html", text)


def test_every_exception_is_still_needed() -> None:
    unseen = set(NAME_EXCEPTIONS)
    for path in python_files(*APPS, "tests"):
        if any(name in text_of(path) for name in unseen) and words_of_code(path) & unseen:
            unseen -= {name for _, name in used_names(nodes_of(path))}
    assert sorted(unseen) == []
    published = text_of(ROOT / "docs" / "facts.schema.json")
    stored = [name for name, why in NAME_EXCEPTIONS.items() if why == STORED]
    assert [name for name in stored if f'"{name}"' not in published] == []
    excepted = {path for path, _ in LOCAL_EXCEPTIONS}
    locals_used = {
        (str(path.relative_to(ROOT)), text)
        for path in python_files(*APPS)
        if str(path.relative_to(ROOT)) in excepted
        for _, text in local_names(nodes_of(path))
    }
    assert sorted(set(LOCAL_EXCEPTIONS) - locals_used) == []
