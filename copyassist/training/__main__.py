"""`python -m copyassist.training --data DATA --out models`: see `command`."""

import sys
from importlib.util import find_spec

from copyassist.i18n import say


def main() -> int:
    """Trains, where the packages for it are installed; the exit code is 2 where they are not."""
    if any(find_spec(name) is None for name in ("sklearn", "scipy")):
        sys.stderr.write(say("en", "errors.training_missing") + "\n")
        return 2
    from copyassist.training.command import main as train  # needs those packages

    return train()


if __name__ == "__main__":
    sys.exit(main())
