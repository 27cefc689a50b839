"""`copyassist doctor`: words and JSON, isolation, and text of anybody's made harmless."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from copyassist.cli import cli
from copyassist.commands import Session
from copyassist.commands.doctor_text import SCHEMA, describe_seen, describe_todo, write_lines
from copyassist.doctor import CheckResult, Surroundings, examine
from copyassist.doctor.examine import CHECKS
from copyassist.doctor.result import GROUPS, trouble
from copyassist.i18n import LANGUAGES, Language, find_sentence, load_area
from copyassist.resources import find_asset
from tests.readme_examples import ROOT
from tests.test_layers import HOMES

from .looking import NOW, look, look_at_all

HOSTILE = "\x1b[2J\x1b]0;owned\x07\u202e\u2066\x9b31m\u2028\ttail"
PACKAGE = ROOT / "copyassist"
NEVER_PRINTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def run(*arguments: str) -> Result:
    runner = CliRunner()
    return runner.invoke(
        cli, ["--lang", "en", "doctor", *arguments], obj=Session(), standalone_mode=False
    )


def test_a_sound_home_is_fine_in_both_languages(used: Path) -> None:
    found = look_at_all(used)
    assert found.of("trouble") == []
    english = "\n".join(write_lines("en", found))
    assert "The database is sound" in english
    assert "数据库完好" in "\n".join(write_lines("zh", found))
    assert "doctor." not in english


def test_trouble_comes_first_with_what_to_do_and_ends_with_one(home: Path) -> None:
    home.mkdir()
    (home / "copyassist.db").write_bytes(b"no database at all")
    done = run()
    assert done.return_value == 1
    lines = done.output.splitlines()
    assert lines[1] == "Trouble"
    assert lines[2].startswith("  ✗ [Store] The database ")
    assert lines[3].startswith("      What to do: Move the file elsewhere")
    assert lines.index("Fine") > 3


def test_notes_alone_end_with_zero(home: Path) -> None:
    home.mkdir()
    (home / "sources.toml").write_text('disabled = ["nowhere"]\n', "utf-8")
    done = run()
    assert (done.return_value, done.exception) == (0, None)
    assert "nowhere" in done.output


def test_broken_settings_do_not_keep_it_from_looking(home: Path) -> None:
    home.mkdir()
    for text in ("language = ", "a = " + "[" * 5000):
        (home / "settings.toml").write_text(text, "utf-8")
        done = run()
        assert done.return_value == 1
        assert "settings.toml" in done.output
        assert "Python" in done.output


def test_a_broken_setting_does_not_change_the_language(home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text('language = "en"\nignored = 1\n', "utf-8")
    done = CliRunner().invoke(cli, ["doctor"], obj=Session(), standalone_mode=False)
    assert "What to do: " in done.output


def test_a_home_of_nobody_does_not_keep_it_from_looking(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPYASSIST_HOME", "~no-such-user-of-ours/x")
    done = run()
    assert (done.return_value, done.exception) == (1, None)
    assert "COPYASSIST_HOME" in done.output


def test_the_json_follows_its_schema(home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text('language = "fr"\n', "utf-8")
    done = run("--format", "json")
    assert done.return_value == 1
    document = json.loads(done.output)
    schema = json.loads(find_asset("doctor.schema.json").read_text("utf-8"))
    jsonschema.validate(document, schema)
    assert (document["schema"], document["state"]) == (SCHEMA, "trouble")
    bad = next(one for one in document["checks"] if one["state"] == "trouble")
    assert (bad["group"], bad["name"], bad["code"]) == ("files", "settings", "settings_bad_value")
    assert bad["values"]["name"] == "language"


def test_the_contract_names_every_check() -> None:
    contracts = (ROOT / "docs" / "contracts.md").read_text("utf-8")
    section = contracts[contracts.index(f"`{SCHEMA}`") :].split("\n## ", 1)[0]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", section, re.MULTILINE))
    named = {group: re.findall(r"`(\w+)`", names) for group, names in rows.items()}
    assert named == {group: [n for g, n, _ in CHECKS if g == group] for group in GROUPS}


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_DATA_HOME is asked on Linux alone")
def test_the_folder_that_others_can_read_is_told_and_not_closed(tmp_path: Path) -> None:
    """Any other command closes it."""
    folder = tmp_path / "copyassist"
    folder.mkdir()
    (folder / "settings.toml").write_text("", "utf-8")
    folder.chmod(0o755)
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    del environment["COPYASSIST_HOME"]
    for command, mode in (("doctor", 0o755), ("where", 0o700)):
        arguments = [sys.executable, "-m", "copyassist", "--lang", "en", command]
        done = subprocess.run(arguments, env=environment, capture_output=True, check=True)
        assert str(folder) in done.stdout.decode("utf-8")
        assert folder.stat().st_mode & 0o777 == mode


# --- sentences ---------------------------------------------------------------------------------


def list_codes() -> Iterator[tuple[str, str]]:
    """Every code that a check gives in words of its own, and what to do."""
    call = re.compile(r'(?<!\w)(?:fine|note|trouble|tell)\(\s*"(\w+)",?(?:\s*"(\w+)")?')
    error = re.compile(r'(?<!\w)failed\(.*, "(\w+)"\)')
    for path in (PACKAGE / "doctor").glob("*.py"):
        text = path.read_text("utf-8")
        yield from call.findall(text)
        yield from (("", todo) for todo in error.findall(text))


def test_every_code_has_its_sentence_and_every_sentence_its_code() -> None:
    sentences = load_area("zh", "doctor")
    code = "".join(path.read_text("utf-8") for path in (PACKAGE / "doctor").glob("*.py"))
    words = set(re.findall(r'"(\w+)"', code))
    words |= {f"future_{kind}" for kind in ("published", "figures", "archives")}
    seen = {key.removeprefix("seen.") for key in sentences if key.startswith("seen.")}
    todo = {key.removeprefix("do.") for key in sentences if key.startswith("do.")}
    assert (seen | todo) - words == set()
    found = list(list_codes())
    assert len(found) > 60
    known = seen | set(load_area("zh", "errors"))
    assert {code for code, _ in found if code} - known == set()
    assert {do for _, do in found if do} - todo == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_sentence_is_no_stack_trace(language: Language) -> None:
    result = CheckResult(state="trouble", code="no_such", values={"a": 1}, todo="nor_this")
    assert describe_seen(language, result) == "no_such, a=1"
    assert describe_todo(language, result).startswith("nor_this")
    assert find_sentence(language, "doctor.seen.no_such") is None


# --- isolation ---------------------------------------------------------------------------------


def test_a_check_that_fails_is_a_trouble_of_its_own(home: Path) -> None:
    def explode(here: Surroundings) -> Iterator[CheckResult]:
        yield trouble("python_old", "python_old", found="1", floor="2", path="x")
        raise RuntimeError("boom \x1b[31m")

    (group, name, _), *rest = CHECKS[:2]
    here = Surroundings(environment={"COPYASSIST_HOME": str(home)}, now=NOW)
    found = examine(here, ((group, name, explode), *rest))
    assert [one.code for one in found.results] == ["python_old", "check_failed", "package"]
    assert found.results[1].values["reason"] == "RuntimeError: boom [31m"
    assert "boom" in describe_seen("en", found.results[1])


def test_a_module_that_cannot_be_loaded_is_a_trouble_of_its_check(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "copyassist.desk.scoring.model", None)
    (result,) = look(home, "models")
    assert (result.state, result.code) == ("trouble", "import_failed")


BARE = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in sys.argv[1:]:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Missing())
from copyassist.cli import main
main(["--lang", "en", "doctor"])
"""


def test_without_any_of_its_packages_it_still_says_what_is_missing(used: Path) -> None:
    """All but click, which reads the command."""
    missing = [name for name in HOMES if name != "click"]
    missing += ["numpy", "rapidfuzz", "platformdirs", "tomli_w"]
    done = subprocess.run(
        [sys.executable, "-c", BARE, *missing],
        env={**os.environ, "COPYASSIST_HOME": str(used), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "ModuleNotFoundError: sqlalchemy" in done.stdout
    assert "The data folder can be read and written" in done.stdout


# --- harmless ----------------------------------------------------------------------------------


def test_hostile_text_is_disarmed(home: Path) -> None:
    home.mkdir()
    shown = json.dumps(HOSTILE)
    (home / "settings.toml").write_text(f"language = {shown}\nignored = {shown}\n", "utf-8")
    (home / "sources.toml").write_text(f"disabled = [{shown}]\n", "utf-8")
    (home / "subscriptions.txt").write_text(f"[x]\n/({HOSTILE}/\n", "utf-8")
    for arguments in ((), ("--format", "json")):
        output = run(*arguments).output
        assert "tail" in output
        assert NEVER_PRINTED.findall(output) == []


def test_long_values_are_cut(home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text(f'language = "{"长" * 100_000}"\n', "utf-8")
    assert len(run().output) < 20_000


@pytest.mark.parametrize(
    "text",
    [
        'database_url = "postgresql://me:hunter2-secret@127.0.0.1:1/x"\n',
        'database_url = "postgresql+psycopg://me:hunter2-secret@127.0.0.1:1/x"\n',
        'database_url = "postgresql://127.0.0.1:1/x?user=me&password=hunter2-secret"\n',
        'database_url = "nosuch://me:hunter2-secret@127.0.0.1:1/x"\n',
        'database_ur = "postgresql://me:hunter2-secret@127.0.0.1:1/x"\n',
        'database_url = ["postgresql://me:hunter2-secret@127.0.0.1:1/x"]\n',
        'database_url = "postgresql://me:hunter2-secret@[::1/x"\n',
        'database_url = "//me:hunter2-secret@127.0.0.1:1/x"\n',
    ],
)
def test_a_password_is_never_shown(home: Path, text: str) -> None:
    home.mkdir()
    (home / "settings.toml").write_text(text, "utf-8")
    for arguments in ((), ("--format", "json")):
        done = run(*arguments)
        assert done.exception is None
        assert "hunter2" not in done.output
