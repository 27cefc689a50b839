"""What an address holds that nobody else is to read: the login before its host, keys in its query.

Names, ids, messages, logs and files that leave the machine show addresses without them. A key that
is a part of the path cannot be told from a path.
"""

import re
from urllib.parse import unquote

HIDDEN = "***"
# A login ends at the last @ before the path: passwords may hold that sign themselves.
_LOGIN = re.compile(r"(?<=//)[^/?#\s]*@")
_BARE_LOGIN = re.compile(r"(?<![\w/:.])[^\s/@:?#&=\"'“(]+:[^\s/@]+@(?=[\w\[])")
_PAIR = re.compile(r"(?P<mark>[?&;#])(?P<name>[^?&;#=\s]{1,80})=(?P<value>[^&\s]*)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NAMES = frozenset(
    (
        *("key", "keys", "token", "tokens", "secret", "sign", "signature", "sig", "hmac", "jwt"),
        *("password", "passwd", "passphrase", "passcode", "pwd", "pass", "ticket", "code"),
        *("auth", "authorization", "credential", "credentials", "bearer", "cookie"),
        *("session", "sessionid", "sid"),
    )
)
_ENDINGS = ("key", "token", "secret", "password", "passwd", "signature", "session")


def hide_secrets(text: str) -> str:
    """An address, or a text with addresses in it, with *** for logins and for the values of keys."""
    text = _LOGIN.sub(f"{HIDDEN}@", text)
    text = _BARE_LOGIN.sub(f"{HIDDEN}@", text)
    return _PAIR.sub(
        lambda pair: f"{pair['mark']}{pair['name']}={HIDDEN}" if _is_secret(pair) else pair[0],
        text,
    )


def strip_secrets(address: str) -> str:
    """An address, or the end of one, without its login and its keys: it may be asked as it stands."""
    kept = _PAIR.sub(
        lambda pair: pair["mark"] if _is_secret(pair) else pair[0], _LOGIN.sub("", address)
    )
    if kept == address:
        return address
    kept = re.sub(r"(?<=[?&;])&+", "", kept)
    return re.sub(r"[?&;#]+(?=#|$)", "", kept)


def has_secrets(address: str) -> bool:
    """Whether an address holds a login or a key."""
    return strip_secrets(address) != address


def _is_secret(pair: re.Match[str]) -> bool:
    if not pair["value"]:
        return False
    words = re.split(r"[^a-z]+", _CAMEL.sub("_", unquote(pair["name"])).lower())
    return any(word in _NAMES or word.endswith(_ENDINGS) for word in words)
