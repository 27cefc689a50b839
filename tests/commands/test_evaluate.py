"""`copyassist evaluate`: the record in both languages, as text and as a page."""

from pathlib import Path

from click.testing import CliRunner

from copyassist.commands.evaluate import Section, write_page


def test_page_escapes_what_users_wrote() -> None:
    page = write_page("zh", [Section("<b>", ("<script>alert(1)</script>",), ("a",), (("<i>",),))])
    assert "<script>" not in page
    assert "&lt;i&gt;" in page
    assert page.startswith("<!doctype html>")


def test_demo_account_has_a_record(home: Path, tmp_path: Path) -> None:
    from copyassist.assistant import Assistant
    from copyassist.commands.evaluate import command
    from copyassist.commands.session import Session

    session = Session()
    assert isinstance(session.assistant, Assistant)
    account, _ = session.assistant.load_demo()
    runner = CliRunner()
    shown = runner.invoke(command, ["-a", account.name], obj=session)
    assert shown.exit_code == 0, shown.output
    assert "按星期" in shown.output
    page = tmp_path / "record.html"
    saved = runner.invoke(command, ["-a", account.name, "--html", str(page)], obj=session)
    assert saved.exit_code == 0, saved.output
    assert "<table>" in page.read_text("utf-8")


def test_edits_of_a_draft(home: Path) -> None:
    from copyassist.commands.session import Session
    from copyassist.types import Draft

    edits = Session().assistant.suggest_edits(Draft(title="日常vlog｜北美租房避雷攻略"))
    assert edits
    assert all(edit.gain > 0 for edit in edits)
