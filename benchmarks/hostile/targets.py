"""What is fed with hostile inputs: each way in which bytes of others come into the program."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.hostile import batches, files, pages, texts
from benchmarks.hostile.mutations import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One way in. `call` may return, or raise CopyAssistError; `weight` is its share of inputs."""

    name: str
    weight: int
    seeds: Callable[[], Sequence[bytes]]
    change: Change
    call: Callable[[bytes], object]


def make_targets() -> tuple[Target, ...]:
    """Every way in, in the order of the table."""
    found = (*texts.WAYS, *pages.WAYS, *files.WAYS, *batches.WAYS)
    return tuple(
        Target(name=name, weight=weight, seeds=seeds, change=change, call=call)
        for name, weight, seeds, change, call in found
    )


def share(targets: Sequence[Target], inputs: int) -> list[int]:
    """How many inputs each target gets: at least one, together about `inputs`."""
    total = sum(target.weight for target in targets)
    return [max(1, round(inputs * target.weight / total)) for target in targets]
