"""Which network addresses may be asked: public ones, and what the user allowed by name."""

import ipaddress
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Blocks that no host on the open internet has, though some versions of Python call a part of them
# global. IANA special-purpose address registries, RFC 6890, 3879 (site-local), 9602, 9637.
_NEVER_PUBLIC: tuple[Network, ...] = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",
            "192.88.99.0/24",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "3fff::/20",
            "5f00::/16",
            "fec0::/10",
        ),
    )
)


class WebPlace(Protocol):
    """The part of an address that says where it leads: host, and port where it is not the usual."""

    @property
    def host(self) -> str: ...

    @property
    def port(self) -> int | None: ...


class AddressRefused(Exception):  # noqa: N818 - a refusal, not a fault
    """A host resolves only to addresses inside private, loopback or link-local networks."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(host, address)
        self.host = host
        self.address = address


@dataclass(frozen=True, slots=True)
class AllowList:
    """Hosts and networks that may be asked although they are not public.

    A network is for programs that give every name a made-up address, as some proxy tools do
    (198.18.0.0/15).
    """

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[str]) -> "AllowList":
        """From host names, addresses and networks as the user wrote them; case is ignored."""
        hosts, networks = set(), []
        for entry in entries:
            text = entry.strip().lower().strip("[]")
            try:
                networks.append(ipaddress.ip_network(text, strict=False))
            except ValueError:
                hosts.add(text)
        return cls(frozenset(hosts), tuple(networks))

    def allows(self, host: str, address: str) -> bool:
        """Whether `host`, which resolved to `address`, may be asked at that address."""
        if host.lower().rstrip(".").strip("[]") in self.hosts:
            return True
        found = find_real(address)
        if found is None:
            return False
        return is_public(found) or any(found in network for network in self.networks)

    def check_redirect(self, asked: WebPlace, target: WebPlace) -> None:
        """Raises AddressRefused where a redirect leads to another door inside.

        What the user allowed is one service of a machine: a site that was asked may not send us to
        the others on it, nor one machine of the user's to the next.
        """
        if (target.host, target.port) == (asked.host, asked.port):
            return
        host = target.host.lower().rstrip(".").strip("[]")
        address = find_real(host)
        inside = address is not None and not is_public(address)
        if host in self.hosts or inside:
            raise AddressRefused(target.host, f"{target.host}:{target.port or ''}".rstrip(":"))

    def choose(self, host: str, addresses: Iterable[str]) -> list[str]:
        """The addresses that may be asked. Raises AddressRefused where there are some but none."""
        found = list(addresses)
        chosen = [address for address in found if self.allows(host, address)]
        if found and not chosen:
            raise AddressRefused(host, found[0])
        return chosen


def find_real(address: str) -> Address | None:
    """The address that is meant: IPv4 inside IPv6 (mapped, 6to4, Teredo, NAT64) is unwrapped."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv4Address):
        return found
    if found in _NAT64:
        return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    inner = found.ipv4_mapped or found.sixtofour
    return inner or (found.teredo[1] if found.teredo else found)


def find_proxy(scheme: str, host: str, proxies: Mapping[str, str]) -> str:
    """The proxy that the environment names for an address, "" where none is to be used."""
    proxy = proxies.get(scheme) or proxies.get("all") or ""
    if not proxy or urllib.request.proxy_bypass(host):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def is_public(address: Address) -> bool:
    """Whether the address is on the open internet: nothing private, local, shared or reserved."""
    if any(address in block for block in _NEVER_PUBLIC):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)
