"""What leaves by command."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from etl.cli.main import main
from etl.errors import CoverageError


def test_nothing_published_is_told(tmp_path: Path) -> None:
    said = CliRunner().invoke(main, ["--data", str(tmp_path), "export", "parquet", str(tmp_path / "out")])
    assert isinstance(said.exception, (CoverageError, SystemExit))
    assert not (tmp_path / "out").exists()


def test_a_dataset_leaves_as_parquet(newsroom_run: Path, tmp_path: Path) -> None:
    said = CliRunner().invoke(main, ["--data", str(newsroom_run), "export", "parquet", str(tmp_path / "out")])
    assert said.exit_code == 0, said.output
    assert "tables with" in said.output
    assert any((tmp_path / "out" / "articles").glob("month=*/*.parquet"))


def test_an_unknown_format_names_those_that_are_offered(tmp_path: Path) -> None:
    said = CliRunner().invoke(main, ["--data", str(tmp_path), "export", "xml", str(tmp_path)])
    assert said.exit_code == 2
    assert "parquet" in said.output
