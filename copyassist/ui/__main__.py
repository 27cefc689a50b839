"""`python -m copyassist.ui [--port N] [--allow-host NAME] [--no-browser]`: what `copyassist ui` becomes."""

import argparse
import sys

from copyassist.errors import CopyAssistError
from copyassist.i18n import say, say_error
from copyassist.settings import load_settings
from copyassist.streams import drop, open_closed, tame
from copyassist.ui.launch import HOST, find_port, launch


def main() -> int:
    """Serves the pages until interrupted; the exit code of a mistake is 2."""
    parser = argparse.ArgumentParser(prog="copyassist ui")
    parser.add_argument("--port", type=int, default=None)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--allow-host", action="append", default=[])
    open_closed()
    chosen = parser.parse_args()
    language = load_settings().language
    try:
        port = find_port(chosen.port)
    except CopyAssistError as error:
        sys.stderr.write(tame(say_error(language, error)) + "\n")
        return error.exit_code
    address = say(language, "ui.launch.address", address=f"http://{HOST}:{port}")
    try:
        sys.stdout.write(address + "\n")
        sys.stdout.flush()
    except OSError:  # nobody reads it; the browser is told besides
        drop(sys.stdout)
    launch(port, hosts=chosen.allow_host, browser=not chosen.no_browser)
    return 0


if __name__ == "__main__":
    sys.exit(main())
