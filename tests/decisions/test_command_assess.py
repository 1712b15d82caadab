"""`manage.py assess`: findings as JSON, and an exit code that says whether anything blocks. No test has a database."""

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, load_command_class
from jsonschema import Draft202012Validator

from rules.assess import assess
from rules.facts import Facts
from rules.facts_file.reader import as_json, read
from rules.findings import FINDING_TYPES, PAGES
from rules.law_files import load
from tests.rules.scenarios import early_help, s01, s03
from tests.shell import manage

ROOT = Path(__file__).resolve().parents[2]
ANSWER = json.loads((ROOT / "docs" / "answer.schema.json").read_text())


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "facts.json"


def run(*paths: Path | str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("assess", *map(str, paths), stdout=out, stderr=err)
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def assert_published(said: str) -> None:
    """What was printed is as docs/answer.schema.json says."""
    Draft202012Validator(ANSWER).validate(json.loads(said))


def answer(path: Path, facts: Facts) -> tuple[int, list[dict[str, str]]]:
    """Exit code and findings, for facts put into a file."""
    path.write_text(json.dumps(as_json(facts)))
    code, said, complaint = run(path)
    assert complaint == ""
    assert_published(said)
    return code, json.loads(said)["findings"]


def test_a_whole_record_is_let_through(written: Path) -> None:
    code, found = answer(written, s01())
    assert code == 0
    assert all(finding["severity"] == "warns" for finding in found)


def test_a_warning_alone_does_not_block(written: Path) -> None:
    code, found = answer(written, replace(early_help(), risk_if_shared="", level=""))
    assert code == 0
    assert {finding["severity"] for finding in found} == {"warns"}


def test_what_blocks_is_said_with_its_page(written: Path) -> None:
    code, found = answer(written, replace(s01(), why_now=""))
    assert code == 1
    assert {
        "code": "WHY_NOW",
        "severity": "blocks",
        "message": "Enter your reasons: why this decision, and why now, for this child",
        "page": "outcome",
        "path": "why_now",
        "rule": "recording.decision_recorded",
        "citation": "HM Government, Information sharing: advice for practitioners, 2024, rule 7",
        "confidence": "P",
    } in found


def test_a_finding_about_one_person_names_them_by_reference(written: Path) -> None:
    facts = s01()
    silent = replace(facts.people[1], consent_state="UNKNOWN")
    code, found = answer(written, replace(facts, people=(facts.people[0], silent, *facts.people[2:])))
    assert code == 1
    asked = [finding for finding in found if finding["code"] == "CONSENT_UNKNOWN"]
    assert [(finding["person"], finding["path"]) for finding in asked] == [("P2", "people[1].consent_state")]


def test_nothing_at_all_is_judged_not_refused(written: Path) -> None:
    code, found = answer(written, Facts())
    assert code == 1
    assert {finding["code"] for finding in found if finding["severity"] == "blocks"} == {
        *("NO_PERSON", "NO_OUTCOME", "WHY_NOW", "DECIDED_MISSING")
    }


@pytest.mark.parametrize("facts", [Facts(), s03(), replace(s01(), basis=())], ids=["nothing", "s03", "no basis"])
def test_it_says_what_the_rules_say(written: Path, facts: Facts) -> None:
    found = answer(written, facts)[1]
    assert [(finding["code"], finding["message"], finding.get("person", "")) for finding in found] == [
        (finding.code, finding.message, finding.person) for finding in assess(facts).findings
    ]
    for finding in found:
        assert finding["code"] in FINDING_TYPES
        assert finding["page"] in PAGES


def test_confirmed_starts_and_rows_no_longer_used_come_with_the_facts(written: Path) -> None:
    facts = s01()
    assert answer(written, facts)[0] == 0
    assert facts.decided_at is not None
    retired = {"ART6_E": facts.decided_at.date()}
    code, found = answer(written, replace(facts, retired=retired))
    assert code == 1
    assert "PROVISION_NOT_IN_FORCE" in {finding["code"] for finding in found}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "facts: not JSON"),
        (b"\xff", "facts: not UTF-8 text"),
        (b"[]", "facts: must be an object, not a list"),
        (b'{"foo": 1}', 'facts: unknown key "foo"'),
        (b'{"decided_at": "2026-02-30"}', 'decided_at: "2026-02-30" is not a date and time'),
        (b'{"people": [{"role": "mum"}]}', 'people[0].role: "mum" is not one of child, unborn, '),
        (b'{"why_now": "\\ud800"}', "why_now: holds half a character"),
        (b"[" * 200_000, "facts: lists or objects are nested too deep"),
    ],
    ids=["empty", "no UTF-8", "a list", "unknown key", "no such day", "no such code", "half a character", "too deep"],
)
def test_bad_input_is_told_and_ends_with_2(written: Path, raw: bytes, said: str) -> None:
    written.write_bytes(raw)
    code, printed, complaint = run(written)
    assert (code, printed) == (2, "")
    assert complaint.startswith(said)
    assert complaint.count("\n") == 1


def test_each_fault_has_its_line(written: Path) -> None:
    written.write_text('{"foo": 1, "people": [{"role": "mum"}], "items": [{"kind": 3}]}')
    code, _, complaint = run(written)
    assert code == 2
    assert [line.split(":")[0] for line in sorted(complaint.splitlines())] == [
        *("facts", "items[0].kind", "people[0].role")
    ]


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    missing = tmp_path / "none.json"
    assert run(missing) == (2, "", f"{missing}: No such file or directory\n")
    assert run("nul\0.json") == (2, "", "'nul\\x00.json': not the name of a file\n")


def test_standard_input_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(as_json(s01())).encode())))
    assert run("-")[0] == 0


def test_a_narrow_terminal_gets_escapes_not_a_crash(written: Path) -> None:
    facts = replace(s01(), basis=s01().basis[:1])
    written.write_text(json.dumps(as_json(facts)))
    raw = io.BytesIO()
    narrow = io.TextIOWrapper(raw, "ascii", write_through=True)
    with pytest.raises(SystemExit):
        call_command("assess", str(written), stdout=narrow)
    assert [finding["code"] for finding in json.loads(raw.getvalue())["findings"]] == [
        finding.code for finding in assess(facts).findings
    ]


def test_it_wants_a_file() -> None:
    with pytest.raises(CommandError, match=r"FILE\.json"):
        call_command("assess")


def test_the_answer_names_the_law_and_the_decision(written: Path) -> None:
    written.write_text(json.dumps(as_json(replace(s01(), why_now=""))))
    said = json.loads(run(written)[1])
    assert said["law"] == {"version": load().version, "sha256": load().sha256}
    assert said["decision"] == {
        "outcome": "SHARED_ALL_NECESSARY",
        "decided_at": "2026-03-10T10:00:00+00:00",
        "may_be_recorded": False,
    }


def test_several_files_are_answered_in_their_order(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("b.json", "a.json")]
    for path, facts in zip(paths, (s01(), replace(s01(), why_now="")), strict=True):
        path.write_text(json.dumps(as_json(facts)))
    code, said, complaint = run(*paths)
    assert (code, complaint) == (1, "")
    assert_published(said)
    answers = json.loads(said)["answers"]
    assert [each["file"] for each in answers] == [str(path) for path in paths]
    assert [each["decision"]["may_be_recorded"] for each in answers] == [True, False]


def test_of_several_files_each_fault_names_its_file(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text("{}")
    bad.write_text('{"foo": 1}')
    assert run(good, bad, tmp_path) == (2, "", f'{bad}: facts: unknown key "foo"\n{tmp_path}: Is a directory\n')


def test_no_check_of_the_site_runs_first() -> None:
    command = load_command_class("decisions", "assess")
    assert command.requires_system_checks == []
    assert command.requires_migrations_checks is False


@pytest.fixture
def nowhere() -> dict[str, str]:
    """An environment with nothing in it but a database that nobody answers for."""
    return {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}


@pytest.mark.slow
@pytest.mark.sqlite
def test_it_runs_with_no_settings_and_no_database(written: Path, tmp_path: Path, nowhere: dict[str, str]) -> None:
    """And bad input is no traceback then either."""
    written.write_text(json.dumps(as_json(replace(s01(), basis=()))))
    bad = tmp_path / "bad.json"
    bad.write_text('{"foo": "\\u202e"}')
    ran, refused = manage(["assess", str(written)], ["assess", str(bad)], environment=nowhere)
    assert (ran.code, ran.err) == (1, "")
    assert "NO_L1" in {finding["code"] for finding in json.loads(ran.out)["findings"]}
    assert refused == (2, "", 'facts: unknown key "foo"\n')


EXAMPLE = ROOT / "docs" / "assess.example.json"
PAPER = (ROOT / "docs" / "assess.md").read_text()


def pieces(kind: str) -> list[str]:
    """What the paper shows as JSON, or as text."""
    return [piece.split("```")[0] for piece in PAPER.split(f"```{kind}\n")[1:]]


def test_the_paper_shows_what_is_really_printed(written: Path) -> None:
    code, said, _ = run(EXAMPLE)
    assert code == 0
    less = json.loads(EXAMPLE.read_text())
    less["why_outweighs"], less["people"][1]["views"] = "see notes", ""
    written.write_text(json.dumps(less))
    blocked, told, _ = run(written)
    assert blocked == 1
    assert pieces("json") == [said, told]


def test_the_published_example_is_a_record_to_learn_from() -> None:
    """Nothing is found in it, whatever the rules look for; and each list that a record should have is there."""
    facts = read(EXAMPLE.read_bytes())
    assert assess(facts).findings == ()
    assert facts.sendings
    assert facts.advice
    assert all(item.sensitivities or item.ref == "I3" for item in facts.items)
    assert all(item.about for item in facts.items)
    source = next(person for person in facts.people if person.alleged_source_of_harm)
    assert source.ref in facts.items[0].not_disclosed_to


def test_the_paper_shows_what_is_really_told(written: Path) -> None:
    bad = '{"people": [{"role": "mum"}], "foo": 1, "decided_at": "2026-02-30"}'
    assert f"`{bad}`" in PAPER
    written.write_text(bad)
    assert pieces("text") == [run(written)[2]]
