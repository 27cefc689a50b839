"""What is shared is made once, however many ask at one moment."""

import multiprocessing
from pathlib import Path

import pytest

from copyassist.assistant import Assistant
from copyassist.desk import drafting
from copyassist.desk.scoring import load_models
from copyassist.once import Once
from copyassist.settings import load_settings
from copyassist.store import Store
from tests.changing_program import work
from tests.threads import run_together

THREADS = 8


def test_threads_that_ask_together_get_one_thing() -> None:
    made: list[object] = []

    def make() -> object:
        sum(range(200_000))  # long enough for the others to come
        made.append(object())
        return made[-1]

    once = Once(make)
    found = run_together([once.get] * THREADS)
    assert len(made) == 1
    assert all(one is made[0] for one in found)


def test_what_failed_is_tried_again() -> None:
    answers = iter([None, "made"])

    def make() -> str:
        if (found := next(answers)) is None:
            raise LookupError
        return found

    once = Once(make)
    with pytest.raises(LookupError):
        once.get()
    assert once.get() == "made"


def test_the_parts_of_one_assistant_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every browser session has the same assistant, and all begin with the first page."""
    loads: list[object] = []

    def load(folder: object) -> object:
        loads.append(folder)
        return load_models(folder)  # type: ignore[arg-type]

    opened: list[object] = []
    open_store = Store.open

    def count_opened(where: object) -> Store:
        opened.append(where)
        return open_store(where)  # type: ignore[arg-type]

    monkeypatch.setattr(drafting, "load_models", load)
    monkeypatch.setattr(Store, "open", count_opened)
    assistant = Assistant(load_settings())

    def look() -> tuple[int, ...]:
        news = assistant.news
        parts = (news, news.topics, news.store, assistant.batch, assistant.desk.models,
                 assistant.store, assistant.platforms)  # fmt: skip
        return tuple(map(id, parts))

    assert len(set(run_together([look] * THREADS))) == 1
    assert len(loads) == len(opened) == 1
    assistant.store.close()


def test_sessions_and_programs_that_change_one_file_lose_nothing(home: Path) -> None:
    context = multiprocessing.get_context("spawn")
    programs = {"platforms": ["a", "b"], "ignored": ["c", "d"]}
    names = {program: [f"{mark}{n}" for mark in marks for n in range(10)]
             for program, marks in programs.items()}  # fmt: skip
    running = [
        context.Process(target=work, args=(home, found, setting))
        for setting, found in names.items()
    ]
    for process in running:
        process.start()
    assistant = Assistant(load_settings())

    def add(mark: str) -> list[str]:
        return [
            assistant.news.add("feed", f"https://example.com/{mark}{n}")[0].id for n in range(10)
        ]

    run_together([lambda mark=mark: add(mark) for mark in "wxyz"])
    for process in running:
        process.join()
        assert process.exitcode == 0
    wanted = {f"https://example.com/{name}" for found in names.values() for name in found}
    wanted |= {f"https://example.com/{mark}{n}" for mark in "wxyz" for n in range(10)}
    assert {table["url"] for table in assistant.news.own.tables} == wanted
    assert load_settings().platforms == ("b9",)
    assert load_settings().ignored == ("d9",)
