"""Which names of a host mean this machine and nobody else."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Say whether ``host``, a name or an address without brackets, is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def plain_address(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return an address without its zone, as IPv4 where it is one in IPv6's clothes; raises ValueError."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return getattr(found, "ipv4_mapped", None) or found
