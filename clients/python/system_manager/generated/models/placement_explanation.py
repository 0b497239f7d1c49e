from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.cluster_consideration import ClusterConsideration
    from ..models.placement_decision import PlacementDecision


T = TypeVar("T", bound="PlacementExplanation")


@_attrs_define
class PlacementExplanation:
    """Why an instance is where it is.

    Attributes:
        instance_id (str): Identifier, 24 hexadecimal digits.
        clusters (list[ClusterConsideration]): Clusters as they look now, best first, at most 100.
        decision (PlacementDecision | Unset): A decision of a scheduler, as it was made.
    """

    instance_id: str
    clusters: list[ClusterConsideration]
    decision: PlacementDecision | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        instance_id = self.instance_id

        clusters = []
        for clusters_item_data in self.clusters:
            clusters_item = clusters_item_data.to_dict()
            clusters.append(clusters_item)

        decision: dict[str, Any] | Unset = UNSET
        if not isinstance(self.decision, Unset):
            decision = self.decision.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "instanceId": instance_id,
                "clusters": clusters,
            }
        )
        if decision is not UNSET:
            field_dict["decision"] = decision

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.cluster_consideration import ClusterConsideration
        from ..models.placement_decision import PlacementDecision

        d = dict(src_dict)
        instance_id = d.pop("instanceId")

        clusters = []
        _clusters = d.pop("clusters")
        for clusters_item_data in _clusters:
            clusters_item = ClusterConsideration.from_dict(clusters_item_data)

            clusters.append(clusters_item)

        _decision = d.pop("decision", UNSET)
        decision: PlacementDecision | Unset
        if isinstance(_decision, Unset):
            decision = UNSET
        else:
            decision = PlacementDecision.from_dict(_decision)

        placement_explanation = cls(
            instance_id=instance_id,
            clusters=clusters,
            decision=decision,
        )

        placement_explanation.additional_properties = d
        return placement_explanation

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
