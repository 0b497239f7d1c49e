from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Address")


@_attrs_define
class Address:
    """Where a port of an instance can be reached.

    Attributes:
        host (str): Host name or address.
        port (int): Port on that host.
        container_port (int | Unset): The port in the descriptor.
        protocol (str | Unset): Transport protocol. Known values: tcp, udp.
    """

    host: str
    port: int
    container_port: int | Unset = UNSET
    protocol: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        host = self.host

        port = self.port

        container_port = self.container_port

        protocol = self.protocol

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "host": host,
                "port": port,
            }
        )
        if container_port is not UNSET:
            field_dict["containerPort"] = container_port
        if protocol is not UNSET:
            field_dict["protocol"] = protocol

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        host = d.pop("host")

        port = d.pop("port")

        container_port = d.pop("containerPort", UNSET)

        protocol = d.pop("protocol", UNSET)

        address = cls(
            host=host,
            port=port,
            container_port=container_port,
            protocol=protocol,
        )

        return address
