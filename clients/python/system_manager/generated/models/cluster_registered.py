from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.cluster import Cluster


T = TypeVar("T", bound="ClusterRegistered")


@_attrs_define
class ClusterRegistered:
    """A new cluster with its credential.

    Attributes:
        cluster (Cluster): A site with an agent of its own.
        credential (str): Bearer token of the cluster's agent. Shown once.
        session (int): Session number for reports over HTTP.
    """

    cluster: Cluster
    credential: str
    session: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cluster = self.cluster.to_dict()

        credential = self.credential

        session = self.session

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cluster": cluster,
                "credential": credential,
                "session": session,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.cluster import Cluster

        d = dict(src_dict)
        cluster = Cluster.from_dict(d.pop("cluster"))

        credential = d.pop("credential")

        session = d.pop("session")

        cluster_registered = cls(
            cluster=cluster,
            credential=credential,
            session=session,
        )

        cluster_registered.additional_properties = d
        return cluster_registered

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
