"""./run on machines that lack something: one clear line each, and no work done twice."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PINS = ("requirements-production.txt", "requirements.txt", "requirements-dev.txt")


class Machine:
    """A copy of the script beside a .venv and a PATH of our own making."""

    def __init__(self, root: Path) -> None:
        self.site, self.path, self.log = root / "site", root / "bin", root / "log"
        self.site.mkdir()
        self.path.mkdir()
        self.log.touch()
        for name in ("dirname", "cat", "cmp", "cp"):
            (self.path / name).symlink_to(str(shutil.which(name)))
        for name in ("run", *PINS):
            shutil.copy(ROOT / name, self.site)

    def program(self, path: Path, body: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/sh\necho "$*" >>{self.log}\n{body}\n')
        path.chmod(0o755)

    def venv(self, body: str = "exit 0") -> None:
        for name in ("python", "djangofmt"):
            self.program(self.site / ".venv/bin" / name, body)
        (self.site / ".venv/bin/pip").touch()

    def installed(self) -> None:
        for name in PINS:
            shutil.copy(self.site / name, self.site / ".venv")

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", self.site / "run", *arguments],
            env={"PATH": str(self.path), **variables},
            cwd="/",
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )

    def calls(self) -> list[str]:
        return self.log.read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_no_python(machine: Machine) -> None:
    result = machine.run()
    assert result.returncode == 1
    assert "Python 3.11 or newer was not found." in result.stderr
    assert "apt install python3 python3-venv" in result.stderr


def test_old_python_is_no_python(machine: Machine) -> None:
    machine.program(machine.path / "python3", "exit 1")
    assert "Python 3.11 or newer was not found." in machine.run().stderr


def test_a_newer_python_beside_an_old_one_is_found(machine: Machine) -> None:
    machine.program(machine.path / "python3", "exit 1")
    machine.program(machine.path / "python3.12", 'case "$*" in *ensurepip*) exit 1 ;; esac')
    assert "no venv module" in machine.run().stderr


def test_no_venv_module_names_the_package(machine: Machine) -> None:
    machine.program(machine.path / "python3", 'case "$*" in *ensurepip*) exit 1 ;; esac')
    result = machine.run()
    assert result.returncode == 1
    assert result.stderr.strip() == (
        "This Python has no venv module. Install it (Debian and Ubuntu: apt install python3-venv) and run this again."
    )


def test_half_made_venv_is_made_again(machine: Machine) -> None:
    machine.program(machine.path / "python3", 'case "$*" in *"-m venv"*) exit 7 ;; esac')
    machine.venv()
    (machine.site / ".venv/bin/pip").unlink()
    assert machine.run().returncode == 7
    assert machine.calls()[-1] == "-m venv --clear .venv"


def test_no_network_says_so_and_is_not_taken_for_installed(machine: Machine) -> None:
    machine.venv("exit 1")
    result = machine.run()
    assert result.returncode == 1
    assert "Is this machine online?" in result.stderr
    assert not (machine.site / ".venv/requirements-production.txt").exists()


def test_progress_is_shown_while_it_installs(machine: Machine) -> None:
    machine.venv("echo 'Collecting Django==5.2 (from x)'; echo 'Downloading it'; echo 'Installing collected packages'")
    result = machine.run("test")
    assert result.stdout.splitlines() == [
        "Installing what requirements-dev.txt lists ...",
        "  Django==5.2",
        "  putting them in place ...",
        *("Collecting Django==5.2 (from x)", "Downloading it", "Installing collected packages"),
    ]


def test_the_suite_gets_its_arguments_and_nothing_is_installed_twice(machine: Machine) -> None:
    machine.venv()
    machine.installed()
    assert machine.run("test", "-k", "a b", "--no-browser").returncode == 0
    assert machine.calls() == ["-m tests.engines -k a b --no-browser"]


@pytest.mark.parametrize("changed", PINS)
def test_changed_pins_are_installed_again(machine: Machine, changed: str) -> None:
    machine.venv()
    machine.installed()
    with (machine.site / changed).open("a") as file:
        file.write("# changed\n")
    machine.run("test")
    assert machine.calls() == [
        "-m pip install --disable-pip-version-check --no-input -r requirements-dev.txt",
        "-m tests.engines",
    ]


def test_exit_code_of_the_suite_comes_through(machine: Machine) -> None:
    machine.venv("exit 3")
    machine.installed()
    assert machine.run("test").returncode == 3


@pytest.mark.parametrize("port", ["", "0", "99999", "http", "80 80"])
def test_bad_port_is_refused(machine: Machine, port: str) -> None:
    machine.venv(f'exec {sys.executable} "$@"')
    machine.installed()
    result = machine.run(PORT=port or "-1")
    assert result.returncode == 1
    assert "Set it to a number from 1 to 65535, such as PORT=8001 ./run" in result.stderr


def test_taken_port_is_said_before_any_work(machine: Machine) -> None:
    machine.venv(f'exec {sys.executable} "$@"')
    machine.installed()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = machine.run(PORT=str(port))
    assert result.returncode == 1
    assert f"Port {port} cannot be used" in result.stderr
    assert not any("manage.py" in call for call in machine.calls())


def test_serving_is_a_demo_on_this_machine_only(machine: Machine) -> None:
    machine.venv('[ "$DEMO" = 1 ] || exit 9')
    machine.installed()
    result = machine.run(PORT="8123", DEMO_PASSWORD="open-sesame-please")
    assert result.returncode == 0, result.stderr
    assert [call.split()[1] for call in machine.calls() if call.startswith("manage.py")] == [
        *("migrate", "apply_tombstones", "collectstatic", "check", "seed_demo")
    ]
    server = machine.calls()[-1]
    assert server.startswith("-m gunicorn safeguarding.wsgi --bind 127.0.0.1:8123 ")
    assert "--workers 1 --threads 8 --no-control-socket" in server
    assert "http://127.0.0.1:8123/" in result.stdout
    assert "Password for all of them: open-sesame-please" in result.stdout


def test_the_kept_password_is_shown(machine: Machine) -> None:
    machine.venv()
    machine.installed()
    (machine.site / "var").mkdir()
    (machine.site / "var/demo_password").write_text("kept-from-last-time\n")
    assert "Password for all of them: kept-from-last-time" in machine.run().stdout


def test_a_failed_migration_serves_nothing(machine: Machine) -> None:
    machine.venv('case "$*" in *migrate*) exit 4 ;; esac')
    machine.installed()
    assert machine.run().returncode == 4
    assert not any("gunicorn" in call for call in machine.calls())


@pytest.mark.parametrize(
    "step", ["ruff check", "ruff format", "--check templates", "mypy", "lint_imports", "makemigrations", "--deploy"]
)
def test_check_stops_at_the_first_fault(machine: Machine, step: str) -> None:
    machine.venv(f'case "$*" in *"{step}"*) exit 6 ;; esac')
    machine.installed()
    assert machine.run("check").returncode == 6
    assert step in machine.calls()[-1]


def test_check_wants_everything_and_ignores_the_machines_settings(machine: Machine) -> None:
    machine.venv(
        '[ -z "${DEMO:-}${DATABASE_URL:-}" ] || case "$*" in manage.py*) ;; *) exit 8 ;; esac\n'
        'case "$*" in *tests.engines) [ "$REQUIRE_POSTGRES$REQUIRE_BROWSER" = 11 ] || exit 9 ;; esac'
    )
    machine.installed()
    result = machine.run("check", DEMO="1", DATABASE_URL="postgres://x")
    assert result.returncode == 0, result.stderr
    assert machine.calls()[-1] == "-m tests.engines"


@pytest.mark.parametrize("arguments", [["serve"], ["check", "-x"], ["--help"]])
def test_unknown_arguments_are_answered_with_the_known_ones(machine: Machine, arguments: list[str]) -> None:
    result = machine.run(*arguments)
    assert result.returncode == 1
    assert "./run check" in result.stderr


@pytest.mark.parametrize("script", ["run", ".ci/run"])
def test_scripts_are_sound_for_any_shell(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert subprocess.run(["/bin/sh", "-n", ROOT / script], check=False).returncode == 0


def test_every_pin_is_exact_and_says_what_for() -> None:
    for name in PINS:
        lines = [line for line in (ROOT / name).read_text().splitlines() if line and line[0] not in "#-"]
        assert lines
        for line in lines:
            assert "==" in line.split("#")[0], line
            assert len(line.split("#")) == 2, line
