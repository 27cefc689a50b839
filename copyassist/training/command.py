"""The command of training: from the raw files to the models."""

import argparse
import os
import sys
import time
from pathlib import Path

from copyassist.desk.scoring.shrinkage import FOLDER
from copyassist.errors import CopyAssistError
from copyassist.i18n import say_error
from copyassist.training.export import write_model
from copyassist.training.own_train import train_own, write_own
from copyassist.training.recipe import RECIPES
from copyassist.training.train import Trained, train


def main(arguments: list[str] | None = None) -> int:
    """Trains the named models, all by default. Returns the exit code."""
    options = _parse(arguments)
    try:
        for recipe in RECIPES:
            if recipe.name in (options.model or [recipe.name]):
                began = time.monotonic()
                trained = train(recipe, recipe.load(options.data))
                write_model(trained, options.out / recipe.name, options.data)
                if trained.dataset.when is not None:
                    _train_own(trained, options)
                _print(trained, time.monotonic() - began)
    except CopyAssistError as error:
        sys.stderr.write(say_error("en", error) + "\n")
        return error.exit_code
    return 0


def _train_own(trained: Trained, options: argparse.Namespace) -> None:
    utilities = (trained.unseen, trained.facts_unseen)
    manifest = train_own(trained.recipe, trained.dataset, utilities, options.data)
    write_own(manifest, options.out / FOLDER)


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m copyassist.training", description=__doc__)
    default = os.environ.get("COPYASSIST_BENCH_DATA")
    parser.add_argument(
        "--data", type=Path, default=default, required=default is None, help="the raw data sets"
    )
    parser.add_argument("--out", type=Path, default=Path("models"), help="one folder per model")
    parser.add_argument("--model", action="append", choices=[r.name for r in RECIPES])
    return parser.parse_args(arguments)


def _print(trained: Trained, seconds: float) -> None:
    for name, found in trained.figures.items():
        figures = "  ".join(
            f"{key} {100 * f.value:.1f} [{100 * f.low:.1f}, {100 * f.high:.1f}]"
            for key, f in found.items()
        )
        errors = "  ".join(f"{key} {value}" for key, value in trained.errors[name].items())
        sys.stdout.write(f"{trained.recipe.name} {name}  {figures}  {errors}\n")
    sys.stdout.write(f"{trained.recipe.name} {seconds:.0f} s\n")
