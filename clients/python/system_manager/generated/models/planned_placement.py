from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="PlannedPlacement")


@_attrs_define
class PlannedPlacement:
    """Where one replica would go.

    Attributes:
        ordinal (int): Number of the replica.
        verdict (str): Verdict of a scheduler. More verdicts may come. Known values: PLACED, TargetClusterNotFound,
            TargetClusterNotActive, TargetClusterNoCapacity, NoActiveClusterWithCapacity.
        scheduler (str | Unset): Name of the scheduler that decided.
        reason (str | Unset): What the scheduler said, or why the built-in one decided in the place of another.
        cluster_id (str | Unset): Identifier, 24 hexadecimal digits.
        cluster_name (str | Unset): Name of a cluster or worker.
    """

    ordinal: int
    verdict: str
    scheduler: str | Unset = UNSET
    reason: str | Unset = UNSET
    cluster_id: str | Unset = UNSET
    cluster_name: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        ordinal = self.ordinal

        verdict = self.verdict

        scheduler = self.scheduler

        reason = self.reason

        cluster_id = self.cluster_id

        cluster_name = self.cluster_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "ordinal": ordinal,
                "verdict": verdict,
            }
        )
        if scheduler is not UNSET:
            field_dict["scheduler"] = scheduler
        if reason is not UNSET:
            field_dict["reason"] = reason
        if cluster_id is not UNSET:
            field_dict["clusterId"] = cluster_id
        if cluster_name is not UNSET:
            field_dict["clusterName"] = cluster_name

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        ordinal = d.pop("ordinal")

        verdict = d.pop("verdict")

        scheduler = d.pop("scheduler", UNSET)

        reason = d.pop("reason", UNSET)

        cluster_id = d.pop("clusterId", UNSET)

        cluster_name = d.pop("clusterName", UNSET)

        planned_placement = cls(
            ordinal=ordinal,
            verdict=verdict,
            scheduler=scheduler,
            reason=reason,
            cluster_id=cluster_id,
            cluster_name=cluster_name,
        )

        planned_placement.additional_properties = d
        return planned_placement

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
