"""A skip fails in CI, unless tests/conftest.py names its reason."""

from pathlib import Path

import pytest

from tests.conftest import MAY_SKIP

pytest_plugins = ("pytester",)
CONFTEST = Path(__file__).with_name("conftest.py")


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """Three tests under this conftest: one passes, one skips for a named reason, one for another."""
    pytester.makeconftest(CONFTEST.read_text("utf-8"))
    pytester.makepyfile(
        f"""
        import pytest

        def test_passes(): pass
        def test_named(): pytest.skip({MAY_SKIP[0]!r} + " here")
        def test_unnamed(): pytest.skip("no time")
        @pytest.mark.xfail
        def test_expected(): assert False
        """
    )
    return pytester


def test_in_ci_only_named_skips_pass(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    result = suite.runpytest("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, skipped=1, failed=1, xfailed=1)
    result.stdout.fnmatch_lines(["*test_unnamed: a skip in CI*no time*"])


def test_elsewhere_a_skip_is_a_skip(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    suite.runpytest("-p", "no:cacheprovider").assert_outcomes(passed=1, skipped=2, xfailed=1)
