"""The private PostgreSQL server: found, reachable from this machine only, and gone afterwards."""

from pathlib import Path

import psycopg2
import pytest

from tests import cluster


def server_at(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True)
    for name in names or ("initdb", "pg_ctl", "postgres"):
        (folder / name).touch(mode=0o755)
    return folder


@pytest.fixture(autouse=True)
def _nothing_on_path(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if "real" not in request.node.name:
        monkeypatch.setenv("PATH", str(tmp_path))


def test_newest_of_debians_versions(tmp_path: Path) -> None:
    for number in ("9.6", "15", "17", "other"):
        server_at(tmp_path / number / "bin")
    assert cluster.binaries(tmp_path) == tmp_path / "17" / "bin"


def test_a_client_without_a_server_does_not_count(tmp_path: Path) -> None:
    server_at(tmp_path / "17" / "bin", "psql", "pg_ctl")
    server_at(tmp_path / "15" / "bin")
    assert cluster.binaries(tmp_path) == tmp_path / "15" / "bin"


def test_path_comes_first_and_links_are_followed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = server_at(tmp_path / "own" / "bin")
    links = tmp_path / "links"
    links.mkdir()
    (links / "initdb").symlink_to(home / "initdb")
    monkeypatch.setenv("PATH", str(links))
    assert cluster.binaries(server_at(tmp_path / "17" / "bin").parents[1]) == home


def test_none_found(tmp_path: Path) -> None:
    assert cluster.binaries(tmp_path) is None


def test_root_hands_over_and_others_stay_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert cluster.unprivileged()[:2] == ["setpriv", "--reuid=postgres"]
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert cluster.unprivileged() == []


def test_a_command_that_fails_repeats_what_it_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "unprivileged", list)
    with pytest.raises(cluster.ClusterError, match="no room"):
        cluster.call("/bin/sh", "-c", "echo no room >&2; exit 3")


def test_a_taken_port_is_tried_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ports = iter([1001, 1002])
    calls: list[str] = []

    def call(*command: object) -> None:
        calls.append(" ".join(map(str, command)))
        if len(calls) == 1:
            raise cluster.ClusterError("address in use")

    monkeypatch.setattr(cluster, "free_port", lambda: next(ports))
    monkeypatch.setattr(cluster, "call", call)
    assert cluster.start(tmp_path, tmp_path) == 1002
    assert "-c listen_addresses=127.0.0.1" in calls[1]


def test_a_server_that_never_starts_shows_its_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def call(*_: object) -> None:
        raise cluster.ClusterError("could not start")

    (tmp_path / "log").write_text("FATAL: reason")
    monkeypatch.setattr(cluster, "call", call)
    with pytest.raises(cluster.ClusterError, match="could not start\nFATAL: reason"):
        cluster.start(tmp_path, tmp_path)


@pytest.mark.postgres
def test_real_server_lives_as_long_as_the_block() -> None:
    programs = cluster.binaries()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not on this machine: TEST_DATABASE_URL names another")
    with cluster.cluster(programs) as url:
        connection = psycopg2.connect(url)
        with connection.cursor() as cursor:
            cursor.execute("SHOW listen_addresses")
            assert cursor.fetchone() == ("127.0.0.1",)
        connection.close()
        with pytest.raises(psycopg2.OperationalError, match="authentication failed"):
            psycopg2.connect(url, password="guessed")
    with pytest.raises(psycopg2.OperationalError, match="refused"):
        psycopg2.connect(url)
