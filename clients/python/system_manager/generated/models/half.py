from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Half")


@_attrs_define
class Half:
    """One binding of an instance to a cluster. There is one, but for the time of a migration, when the old and the new one
    stand side by side.

        Attributes:
            generation (int): Rises with every binding.
            role (str): The one that counts, the one that will, or one that has to go. Known values: current, incoming,
                retiring.
            cluster_id (str): Identifier, 24 hexadecimal digits.
            cluster_name (str): Name of a cluster or worker.
            action (str): What the cluster is told. Known values: run, stop.
            acknowledged (bool): Whether the cluster has confirmed it.
            revision (int): Revision of the service that it runs.
            phase (str): How far an instance is; a service shows the least advanced of its instances. More phases may come.
                Known values: REQUESTED, CLUSTER_SCHEDULED, NODE_SCHEDULED, CREATING, RUNNING, COMPLETED, FAILED, DEAD, LOST,
                UNDEPLOYING, UNDEPLOYED.
            worker (str | Unset): Name of a cluster or worker.
            reason (str | Unset): What the cluster said about it.
    """

    generation: int
    role: str
    cluster_id: str
    cluster_name: str
    action: str
    acknowledged: bool
    revision: int
    phase: str
    worker: str | Unset = UNSET
    reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        generation = self.generation

        role = self.role

        cluster_id = self.cluster_id

        cluster_name = self.cluster_name

        action = self.action

        acknowledged = self.acknowledged

        revision = self.revision

        phase = self.phase

        worker = self.worker

        reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "generation": generation,
                "role": role,
                "clusterId": cluster_id,
                "clusterName": cluster_name,
                "action": action,
                "acknowledged": acknowledged,
                "revision": revision,
                "phase": phase,
            }
        )
        if worker is not UNSET:
            field_dict["worker"] = worker
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        generation = d.pop("generation")

        role = d.pop("role")

        cluster_id = d.pop("clusterId")

        cluster_name = d.pop("clusterName")

        action = d.pop("action")

        acknowledged = d.pop("acknowledged")

        revision = d.pop("revision")

        phase = d.pop("phase")

        worker = d.pop("worker", UNSET)

        reason = d.pop("reason", UNSET)

        half = cls(
            generation=generation,
            role=role,
            cluster_id=cluster_id,
            cluster_name=cluster_name,
            action=action,
            acknowledged=acknowledged,
            revision=revision,
            phase=phase,
            worker=worker,
            reason=reason,
        )

        half.additional_properties = d
        return half

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
