from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Port")


@_attrs_define
class Port:
    """A port that the service listens on.

    Attributes:
        container_port (int): Port inside the instance.
        host_port (int | Unset): Fixed port on the worker; otherwise the worker picks a free one.
        protocol (str | Unset): Transport protocol. Known values: tcp, udp. Default: 'tcp'.
    """

    container_port: int
    host_port: int | Unset = UNSET
    protocol: str | Unset = "tcp"

    def to_dict(self) -> dict[str, Any]:
        container_port = self.container_port

        host_port = self.host_port

        protocol = self.protocol

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "containerPort": container_port,
            }
        )
        if host_port is not UNSET:
            field_dict["hostPort"] = host_port
        if protocol is not UNSET:
            field_dict["protocol"] = protocol

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        container_port = d.pop("containerPort")

        host_port = d.pop("hostPort", UNSET)

        protocol = d.pop("protocol", UNSET)

        port = cls(
            container_port=container_port,
            host_port=host_port,
            protocol=protocol,
        )

        return port
