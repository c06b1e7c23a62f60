"""Publications as files: one link, switched in one step."""

from __future__ import annotations

import os
from pathlib import Path

from etl.publish.publications import Publications


def publish(publications: Publications, run_id: str, content: str = "") -> Path:
    built = publications.begin(run_id)
    built.write_text(content or run_id)
    return publications.finish(built, run_id)


def test_the_link_leads_to_the_newest(tmp_path: Path) -> None:
    publications = Publications(tmp_path)
    assert publications.newest() is None
    first, second = publish(publications, "one"), publish(publications, "two")
    assert publications.newest() == second
    assert (tmp_path / "coverage.duckdb").read_text() == "two"
    assert first.read_text() == "one"
    assert (tmp_path / "coverage.duckdb").readlink() == Path("publications/coverage-two.duckdb")


def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    publications = Publications(tmp_path)
    publications.begin("killed").write_text("half")
    waiting = publications.begin("killed again").with_suffix(".waiting")  # such as the word index sorts in
    waiting.mkdir()
    (waiting / "part").write_text("half")
    publish(publications, "whole")
    assert [path.name for path in (tmp_path / "publications").iterdir()] == ["coverage-whole.duckdb"]


def test_old_ones_go_but_named_ones_stay(tmp_path: Path) -> None:
    publications = Publications(tmp_path)
    nights = [f"2026-09-0{day}-060000" for day in (1, 2, 3)] + ["2026-09-03-060000-2"]
    for nth, run_id in enumerate((nights[0], "study", *nights[1:])):
        os.utime(publish(publications, run_id), (nth, nth))
    removed = publications.prune(2)
    assert sorted(path.stem for path in removed) == [f"coverage-{night}" for night in nights[:2]]
    assert publications.path("study").exists()


def test_a_file_system_without_links_gets_a_copy(tmp_path: Path, monkeypatch: object) -> None:
    class NoLinks(type(tmp_path)):  # type: ignore[misc]
        def symlink_to(self, target: object, target_is_directory: bool = False) -> None:
            raise OSError("links are not to be had here")

    publications = Publications(NoLinks(tmp_path))
    publish(publications, "copied")
    assert not (tmp_path / "coverage.duckdb").is_symlink()
    assert (tmp_path / "coverage.duckdb").read_text() == "copied"
