"""Training says what it needs where it is not installed."""

import importlib.util

import pytest

from copyassist.training import __main__ as entry


@pytest.mark.parametrize("missing", ["sklearn", "scipy"])
def test_without_its_packages_training_says_what_to_install(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(entry, "find_spec", lambda name: None if name == missing else found(name))
    assert entry.main() == 2
    assert "[training]" in capsys.readouterr().err
