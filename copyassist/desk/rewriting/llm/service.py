"""Which service is asked: address, model and key, from the environment or the system's keyring.

Off until an address or a preset is named. The key is kept nowhere by this program and never shown.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from copyassist.errors import SettingsError
from copyassist.resources import find_asset

KEYRING = "copyassist-llm"  # the service's name in the keyring; the user's name is the preset's or model's
_MOST_TOKENS, _MOST_SECONDS = 8_000, 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """An endpoint that speaks OpenAI's protocol, and what may be spent on one question."""

    base_url: str
    model: str
    key: str = field(repr=False)
    seconds: float = 60.0
    tokens: int = 1_500
    preset: str = ""


def find_service(environment: Mapping[str, str] | None = None) -> Service | None:
    """The service that the environment names; None where it names none. Raises SettingsError.

    COPYASSIST_LLM names a preset; COPYASSIST_LLM_BASE_URL, _MODEL, _API_KEY, _SECONDS and _TOKENS go
    before what it says.
    """
    environment = os.environ if environment is None else environment
    name = environment.get("COPYASSIST_LLM", "").strip().lower()
    preset = _find_preset(name)
    base_url = environment.get("COPYASSIST_LLM_BASE_URL", "").strip() or preset.get("base_url", "")
    model = environment.get("COPYASSIST_LLM_MODEL", "").strip() or preset.get("model", "")
    if not base_url and not name:
        return None
    if not base_url.startswith(("http://", "https://")) or not model:
        raise SettingsError("llm_incomplete")
    key = environment.get("COPYASSIST_LLM_API_KEY", "").strip() or _ask_keyring(name or model)
    if not key and not preset.get("keyless") and not _is_local(base_url):
        raise SettingsError("llm_no_key", service=name or base_url)
    return Service(
        base_url=base_url,
        model=model,
        key=key or "none",  # a local server wants one, whatever it is
        seconds=_read_number(environment, "COPYASSIST_LLM_SECONDS", 60.0, _MOST_SECONDS),
        tokens=int(_read_number(environment, "COPYASSIST_LLM_TOKENS", 1_500, _MOST_TOKENS)),
        preset=name,
    )


def _find_preset(name: str) -> Mapping[str, Any]:
    presets = load_texts()["presets"]
    if name and name not in presets:
        raise SettingsError("llm_unknown_preset", name=name, known=", ".join(presets))
    found: Mapping[str, Any] = presets.get(name, {})
    return found


def _is_local(base_url: str) -> bool:
    return base_url.startswith(("http://localhost", "http://127.0.0.1", "http://[::1]"))


def _ask_keyring(user: str) -> str:
    try:
        import keyring  # a part of the extra `llm`
    except ImportError:
        return ""
    try:
        return keyring.get_password(KEYRING, user) or ""
    except keyring.errors.KeyringError:  # no keyring on this machine, or a locked one
        return ""


def _read_number(environment: Mapping[str, str], name: str, usual: float, most: float) -> float:
    text = environment.get(name, "").strip()
    try:
        value = float(text) if text else usual
    except ValueError:
        value = -1.0
    if not 0 < value <= most:
        raise SettingsError("llm_limit", name=name, value=text, most=f"{most:g}")
    return value


@cache
def load_texts() -> Mapping[str, Any]:
    """The shipped presets and prompts."""
    return tomllib.loads(find_asset("llm.toml").read_text("utf-8"))
