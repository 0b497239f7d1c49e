from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="VanishedCluster")


@_attrs_define
class VanishedCluster:
    """A cluster that vanished together with others.

    Attributes:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        cluster_name (str): Name of a cluster or worker.
        last_heard_at (datetime.datetime | Unset): Point in time (RFC 3339, UTC).
    """

    cluster_id: str
    cluster_name: str
    last_heard_at: datetime.datetime | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cluster_id = self.cluster_id

        cluster_name = self.cluster_name

        last_heard_at: str | Unset = UNSET
        if not isinstance(self.last_heard_at, Unset):
            last_heard_at = self.last_heard_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "clusterId": cluster_id,
                "clusterName": cluster_name,
            }
        )
        if last_heard_at is not UNSET:
            field_dict["lastHeardAt"] = last_heard_at

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        cluster_id = d.pop("clusterId")

        cluster_name = d.pop("clusterName")

        _last_heard_at = d.pop("lastHeardAt", UNSET)
        last_heard_at: datetime.datetime | Unset
        if isinstance(_last_heard_at, Unset):
            last_heard_at = UNSET
        else:
            last_heard_at = datetime.datetime.fromisoformat(_last_heard_at)

        vanished_cluster = cls(
            cluster_id=cluster_id,
            cluster_name=cluster_name,
            last_heard_at=last_heard_at,
        )

        vanished_cluster.additional_properties = d
        return vanished_cluster

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
