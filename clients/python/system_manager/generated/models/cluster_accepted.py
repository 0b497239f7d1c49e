from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.cluster import Cluster
    from ..models.operation import Operation


T = TypeVar("T", bound="ClusterAccepted")


@_attrs_define
class ClusterAccepted:
    """A cluster and the operation that was accepted for it.

    Attributes:
        cluster (Cluster): A site with an agent of its own.
        operation (Operation): One accepted wish and how far it is.
    """

    cluster: Cluster
    operation: Operation
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cluster = self.cluster.to_dict()

        operation = self.operation.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cluster": cluster,
                "operation": operation,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.cluster import Cluster
        from ..models.operation import Operation

        d = dict(src_dict)
        cluster = Cluster.from_dict(d.pop("cluster"))

        operation = Operation.from_dict(d.pop("operation"))

        cluster_accepted = cls(
            cluster=cluster,
            operation=operation,
        )

        cluster_accepted.additional_properties = d
        return cluster_accepted

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
