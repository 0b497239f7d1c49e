from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.cluster_counts import ClusterCounts
    from ..models.phase_counts import PhaseCounts
    from ..models.resource_totals import ResourceTotals
    from ..models.service_counts import ServiceCounts


T = TypeVar("T", bound="Summary")


@_attrs_define
class Summary:
    """Everything in a few numbers. States and phases that nothing is in are left out.

    Attributes:
        clusters (ClusterCounts): Number of clusters by state.
        workers (int): Workers of all clusters.
        capacity (ResourceTotals): A sum of computing resources.
        reserved (ResourceTotals): A sum of computing resources.
        services (ServiceCounts): Number of services by phase.
        instances (PhaseCounts): Number of live instances by phase.
        running_operations (int): Operations under way.
        last_sequence (int): The history up to here is in the numbers. Pass it as `after` to follow what comes.
        counted_at (datetime.datetime): Point in time (RFC 3339, UTC).
    """

    clusters: ClusterCounts
    workers: int
    capacity: ResourceTotals
    reserved: ResourceTotals
    services: ServiceCounts
    instances: PhaseCounts
    running_operations: int
    last_sequence: int
    counted_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        clusters = self.clusters.to_dict()

        workers = self.workers

        capacity = self.capacity.to_dict()

        reserved = self.reserved.to_dict()

        services = self.services.to_dict()

        instances = self.instances.to_dict()

        running_operations = self.running_operations

        last_sequence = self.last_sequence

        counted_at = self.counted_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "clusters": clusters,
                "workers": workers,
                "capacity": capacity,
                "reserved": reserved,
                "services": services,
                "instances": instances,
                "runningOperations": running_operations,
                "lastSequence": last_sequence,
                "countedAt": counted_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.cluster_counts import ClusterCounts
        from ..models.phase_counts import PhaseCounts
        from ..models.resource_totals import ResourceTotals
        from ..models.service_counts import ServiceCounts

        d = dict(src_dict)
        clusters = ClusterCounts.from_dict(d.pop("clusters"))

        workers = d.pop("workers")

        capacity = ResourceTotals.from_dict(d.pop("capacity"))

        reserved = ResourceTotals.from_dict(d.pop("reserved"))

        services = ServiceCounts.from_dict(d.pop("services"))

        instances = PhaseCounts.from_dict(d.pop("instances"))

        running_operations = d.pop("runningOperations")

        last_sequence = d.pop("lastSequence")

        counted_at = datetime.datetime.fromisoformat(d.pop("countedAt"))

        summary = cls(
            clusters=clusters,
            workers=workers,
            capacity=capacity,
            reserved=reserved,
            services=services,
            instances=instances,
            running_operations=running_operations,
            last_sequence=last_sequence,
            counted_at=counted_at,
        )

        summary.additional_properties = d
        return summary

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
