"""What surrounds the program: fonts, the terminal, file names, proxies, the clock."""

import importlib.util
import locale
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

from copyassist import __released__
from copyassist.doctor.result import CheckResult, fine, note, trouble
from copyassist.doctor.surroundings import Surroundings

_SAMPLE = "写作台：「」"
_FONT_SECONDS = 10.0
_FONT_FILES = re.compile(
    r"(?i)msyh|simsun|simhei|deng|pingfang|hiragino sans gb|stheiti|songti|heiti"
    r"|(?:noto|source)[\w .-]*(?:cjk|han|sc\b)|wqy|droidsansfallback|uming|ukai|sarasa|lxgw|harmonyos"
)


def check_fonts(here: Surroundings) -> Iterator[CheckResult]:
    """Whether a browser of this computer finds a Chinese font to draw the page with."""
    found = _list_by_fontconfig()
    if found is None:
        found = _list_files(_find_font_folders(here.environment))
    if found:
        yield fine("fonts", count=len(found), names=found[:3])
    else:
        yield note("fonts_none", "fonts")


def _list_by_fontconfig() -> list[str] | None:
    """The families that have Chinese; None where fontconfig cannot be asked."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - found on the user's own PATH
            [program, ":lang=zh", "family"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_FONT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    return sorted({line.split(",")[0].strip() for line in lines if line.strip()})


def _find_font_folders(environment: Mapping[str, str]) -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA", str(home))
        windows = Path(environment.get("WINDIR", "C:/Windows"))
        return [windows / "Fonts", Path(local) / "Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    shared = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    return [*shared, home / ".local/share/fonts", home / ".fonts"]


def _list_files(folders: list[Path]) -> list[str]:
    files = (path for folder in folders if folder.is_dir() for path in folder.rglob("*"))
    fonts = (path for path in files if path.suffix.lower() in (".ttf", ".ttc", ".otf", ".pcf"))
    return sorted({path.stem for path in fonts if _FONT_FILES.search(path.stem)})


def check_console(here: Surroundings) -> Iterator[CheckResult]:
    """Whether the terminal, or the file that stands for it, can show Chinese."""
    if not here.encoding:
        return
    try:
        _SAMPLE.encode(here.encoding)
    except (UnicodeEncodeError, LookupError):
        yield note("console_poor", "console", encoding=here.encoding)
    else:
        yield fine("console", encoding=here.encoding)


def check_locale(_here: Surroundings) -> Iterator[CheckResult]:
    """Whether files may have Chinese names."""
    encoding = sys.getfilesystemencoding()
    name = locale.setlocale(locale.LC_CTYPE, None)
    if encoding.casefold().replace("-", "") != "utf8":
        yield note("locale_poor", "locale", encoding=encoding, locale=name)
    else:
        yield fine("locale", encoding=encoding, locale=name)


def check_proxy(_here: Surroundings) -> Iterator[CheckResult]:
    """Whether the proxy that the system names can be used; its password is nobody's business."""
    proxies = {scheme: url for scheme, url in urllib.request.getproxies().items() if scheme != "no"}
    if not proxies:
        return
    names = sorted({_name_host(url) for url in proxies.values()})
    socks = any(url.casefold().startswith("socks") for url in proxies.values())
    if socks and importlib.util.find_spec("socksio") is None:
        yield note("proxy_socks", "proxy_socks", names=names)
    else:
        yield fine("proxy", names=names)


def _name_host(url: str) -> str:
    return re.sub(r"^(\w+://)?.*@", r"\1", url).rstrip("/")


def check_clock(here: Surroundings) -> Iterator[CheckResult]:
    """Whether the clock says a time at which this version did not exist yet."""
    released = datetime.combine(date.fromisoformat(__released__), time(), UTC)
    if here.now < released:
        yield trouble("clock_early", "clock", now=here.now, released=__released__)
    else:
        yield fine("clock", now=here.now)
