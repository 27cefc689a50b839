"""Where an address leads: to a page by its name, to the first one, or nowhere else."""

import pytest

from copyassist.ui.addresses import NAMES, find_page


@pytest.mark.parametrize("name", NAMES)
def test_a_pages_own_address_is_right(name: str) -> None:
    assert find_page(f"/{name}", NAMES) is None
    assert find_page(f"/{name}/", NAMES) == f"/{name}"
    assert find_page(f"/{name.upper()}", NAMES) == f"/{name}"


@pytest.mark.parametrize("path", ["/", "", "/nosuch", "//evil", "/a/b/c", "/写作台"])
def test_any_other_leads_to_the_first_page(path: str) -> None:
    assert find_page(path, NAMES) == f"/{NAMES[0]}"


@pytest.mark.parametrize(
    "path",
    [
        *("/_stcore/health", "/posts/_stcore/health", "/posts/_stcore/host-config"),
        *("/static/js/x.js", "/favicon.png", "/media/1.csv", "/component/x/index.html"),
    ],
)
def test_what_streamlit_answers_is_left_to_it(path: str) -> None:
    assert find_page(path, NAMES) is None
