from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.scores import Scores


T = TypeVar("T", bound="ClusterConsideration")


@_attrs_define
class ClusterConsideration:
    """What one cluster looks like to the scheduler for this request.

    Attributes:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        cluster_name (str): Name of a cluster or worker.
        dropped_by (str | Unset): The filter that dropped it: `organization`, `cluster`, `location`, `worker`,
            `liveness`, `schedulable`, `capability`, `labels`, `taints`, `distance` or `capacity`.
        detail (str | Unset): Why the filter dropped it.
        score (float | Unset): Sum of the weighted scores.
        scores (Scores | Unset): Partial scores between 0 and 1.
    """

    cluster_id: str
    cluster_name: str
    dropped_by: str | Unset = UNSET
    detail: str | Unset = UNSET
    score: float | Unset = UNSET
    scores: Scores | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cluster_id = self.cluster_id

        cluster_name = self.cluster_name

        dropped_by = self.dropped_by

        detail = self.detail

        score = self.score

        scores: dict[str, Any] | Unset = UNSET
        if not isinstance(self.scores, Unset):
            scores = self.scores.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "clusterId": cluster_id,
                "clusterName": cluster_name,
            }
        )
        if dropped_by is not UNSET:
            field_dict["droppedBy"] = dropped_by
        if detail is not UNSET:
            field_dict["detail"] = detail
        if score is not UNSET:
            field_dict["score"] = score
        if scores is not UNSET:
            field_dict["scores"] = scores

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.scores import Scores

        d = dict(src_dict)
        cluster_id = d.pop("clusterId")

        cluster_name = d.pop("clusterName")

        dropped_by = d.pop("droppedBy", UNSET)

        detail = d.pop("detail", UNSET)

        score = d.pop("score", UNSET)

        _scores = d.pop("scores", UNSET)
        scores: Scores | Unset
        if isinstance(_scores, Unset):
            scores = UNSET
        else:
            scores = Scores.from_dict(_scores)

        cluster_consideration = cls(
            cluster_id=cluster_id,
            cluster_name=cluster_name,
            dropped_by=dropped_by,
            detail=detail,
            score=score,
            scores=scores,
        )

        cluster_consideration.additional_properties = d
        return cluster_consideration

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
