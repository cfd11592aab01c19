"""Whose process is at the other end of a connection within this machine, as the kernel says.

It is asked for the one socket (sock_diag(7)): the table in `/proc/net/tcp` is made anew for every
reader, which takes longer than all else the door does.
"""

import errno
import os
import socket
import struct
from functools import cache
from ipaddress import IPv4Address, IPv6Address

from models.rules.loopback import plain_address

NETLINK_SOCK_DIAG = 4
SOCK_DIAG_BY_FAMILY = 20
NLM_F_REQUEST = 1
NLMSG_ERROR = 2
ANY_STATE = 0xFFFFFFFF
NO_COOKIE = b"\xff" * 8
HEAD = struct.Struct("=IHHII")  # nlmsghdr: length, type, flags, sequence, port
ASKED = struct.Struct("=BBBxI")  # inet_diag_req_v2: family, protocol, extensions, states
SOCKET = struct.Struct("!HH16s16sI")  # inet_diag_sockid: ports, addresses, interface; then a cookie
# inet_diag_msg: family, state, timer, retransmissions; the socket; then expires, both queues, the user.
TOLD = struct.Struct("=4x48x12xI")

Address = tuple[str, int]


@cache
def can_tell() -> bool:
    """Say whether this system tells who owns a connection (Linux does); found by asking it for our own."""
    try:
        with (
            socket.create_server(("127.0.0.1", 0)) as server,
            socket.create_connection(server.getsockname()) as client,
        ):
            return owner_of(client.getsockname(), server.getsockname()) == os.getuid()
    except OSError:
        return False


def owner_of(client: Address, server: Address) -> int | None:
    """Return the user id that owns the ``client`` end of a connection to ``server``, both here.

    None when the connection is not there (any more) or the system does not tell.
    """
    try:
        here, there = plain_address(client[0]), plain_address(server[0])
        # A socket of either family may carry IPv4, the wider one in addresses that are mapped.
        families = (socket.AF_INET, socket.AF_INET6) if here.version == 4 else (socket.AF_INET6,)
        for family in families:
            found = _ask(family, (here, client[1]), (there, server[1]))
            if found is not None:
                return found
    except (OSError, ValueError, AttributeError, struct.error):  # no Linux, or no address
        return None
    return None


def _ask(
    family: socket.AddressFamily,
    here: tuple[IPv4Address | IPv6Address, int],
    there: tuple[IPv4Address | IPv6Address, int],
) -> int | None:
    wide = family == socket.AF_INET6
    ends = SOCKET.pack(here[1], there[1], _packed(here[0], wide), _packed(there[0], wide), 0)
    body = ASKED.pack(family, socket.IPPROTO_TCP, 0, ANY_STATE) + ends + NO_COOKIE
    head = HEAD.pack(HEAD.size + len(body), SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, 1, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, NETLINK_SOCK_DIAG) as kernel:
        kernel.settimeout(1)
        kernel.sendto(head + body, (0, 0))
        answer = kernel.recv(4096)
    kind = HEAD.unpack_from(answer)[1]
    if kind == NLMSG_ERROR:
        number = -struct.unpack_from("=i", answer, HEAD.size)[0]
        if number != errno.ENOENT:
            raise OSError(number, os.strerror(number))
        return None
    return int(TOLD.unpack_from(answer, HEAD.size)[0])


def _packed(address: IPv4Address | IPv6Address, wide: bool) -> bytes:
    if wide and address.version == 4:
        return b"\0" * 10 + b"\xff\xff" + address.packed
    return address.packed.ljust(16, b"\0")
