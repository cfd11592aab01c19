"""Which names of a host mean this machine and nobody else."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Say whether ``host``, a name or an address without brackets, is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
