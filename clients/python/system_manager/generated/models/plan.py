from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.cluster_consideration import ClusterConsideration
    from ..models.planned_placement import PlannedPlacement


T = TypeVar("T", bound="Plan")


@_attrs_define
class Plan:
    """Where the instances would go now.

    Attributes:
        placements (list[PlannedPlacement]): One entry a replica, at most 1,000.
        clusters (list[ClusterConsideration]): Clusters as they look to the first replica, best first, at most 100.
    """

    placements: list[PlannedPlacement]
    clusters: list[ClusterConsideration]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        placements = []
        for placements_item_data in self.placements:
            placements_item = placements_item_data.to_dict()
            placements.append(placements_item)

        clusters = []
        for clusters_item_data in self.clusters:
            clusters_item = clusters_item_data.to_dict()
            clusters.append(clusters_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "placements": placements,
                "clusters": clusters,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.cluster_consideration import ClusterConsideration
        from ..models.planned_placement import PlannedPlacement

        d = dict(src_dict)
        placements = []
        _placements = d.pop("placements")
        for placements_item_data in _placements:
            placements_item = PlannedPlacement.from_dict(placements_item_data)

            placements.append(placements_item)

        clusters = []
        _clusters = d.pop("clusters")
        for clusters_item_data in _clusters:
            clusters_item = ClusterConsideration.from_dict(clusters_item_data)

            clusters.append(clusters_item)

        plan = cls(
            placements=placements,
            clusters=clusters,
        )

        plan.additional_properties = d
        return plan

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
