from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.drop_counts import DropCounts


T = TypeVar("T", bound="PlacementDecision")


@_attrs_define
class PlacementDecision:
    """A decision of a scheduler, as it was made.

    Attributes:
        verdict (str): Verdict of a scheduler. More verdicts may come. Known values: PLACED, TargetClusterNotFound,
            TargetClusterNotActive, TargetClusterNoCapacity, NoActiveClusterWithCapacity.
        scheduler (str): Name of the scheduler.
        decided_at (datetime.datetime): Point in time (RFC 3339, UTC).
        considered (int): Number of clusters looked at; 0 where a remote scheduler decided.
        dropped (DropCounts): Number of clusters by the filter that dropped them.
        cluster_id (str | Unset): Identifier, 24 hexadecimal digits.
        cluster_name (str | Unset): Name of a cluster or worker.
        score (float | Unset): Score of the chosen cluster.
        reason (str | Unset): What the scheduler said, or why the built-in one decided in the place of another.
    """

    verdict: str
    scheduler: str
    decided_at: datetime.datetime
    considered: int
    dropped: DropCounts
    cluster_id: str | Unset = UNSET
    cluster_name: str | Unset = UNSET
    score: float | Unset = UNSET
    reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        verdict = self.verdict

        scheduler = self.scheduler

        decided_at = self.decided_at.isoformat()

        considered = self.considered

        dropped = self.dropped.to_dict()

        cluster_id = self.cluster_id

        cluster_name = self.cluster_name

        score = self.score

        reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "verdict": verdict,
                "scheduler": scheduler,
                "decidedAt": decided_at,
                "considered": considered,
                "dropped": dropped,
            }
        )
        if cluster_id is not UNSET:
            field_dict["clusterId"] = cluster_id
        if cluster_name is not UNSET:
            field_dict["clusterName"] = cluster_name
        if score is not UNSET:
            field_dict["score"] = score
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.drop_counts import DropCounts

        d = dict(src_dict)
        verdict = d.pop("verdict")

        scheduler = d.pop("scheduler")

        decided_at = datetime.datetime.fromisoformat(d.pop("decidedAt"))

        considered = d.pop("considered")

        dropped = DropCounts.from_dict(d.pop("dropped"))

        cluster_id = d.pop("clusterId", UNSET)

        cluster_name = d.pop("clusterName", UNSET)

        score = d.pop("score", UNSET)

        reason = d.pop("reason", UNSET)

        placement_decision = cls(
            verdict=verdict,
            scheduler=scheduler,
            decided_at=decided_at,
            considered=considered,
            dropped=dropped,
            cluster_id=cluster_id,
            cluster_name=cluster_name,
            score=score,
            reason=reason,
        )

        placement_decision.additional_properties = d
        return placement_decision

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
