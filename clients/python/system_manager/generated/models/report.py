from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.instance_report import InstanceReport
    from ..models.resource_use import ResourceUse
    from ..models.resources import Resources
    from ..models.worker import Worker


T = TypeVar("T", bound="Report")


@_attrs_define
class Report:
    """What a cluster says about itself.

    Attributes:
        session (int): Session that the manager gave.
        sequence (int): Rises with every report of the session.
        instances (list[InstanceReport]): What was observed of instances.
        full (bool | Unset): Whether `instances` is everything that the cluster has, or only what changed. Default:
            False.
        capacity (Resources | Unset): An amount of computing resources.
        use (ResourceUse | Unset): Resources in use, as measured.
        workers (list[Worker] | Unset): Workers of the cluster; when present, they replace those that were reported
            before.
    """

    session: int
    sequence: int
    instances: list[InstanceReport]
    full: bool | Unset = False
    capacity: Resources | Unset = UNSET
    use: ResourceUse | Unset = UNSET
    workers: list[Worker] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        session = self.session

        sequence = self.sequence

        instances = []
        for instances_item_data in self.instances:
            instances_item = instances_item_data.to_dict()
            instances.append(instances_item)

        full = self.full

        capacity: dict[str, Any] | Unset = UNSET
        if not isinstance(self.capacity, Unset):
            capacity = self.capacity.to_dict()

        use: dict[str, Any] | Unset = UNSET
        if not isinstance(self.use, Unset):
            use = self.use.to_dict()

        workers: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.workers, Unset):
            workers = []
            for workers_item_data in self.workers:
                workers_item = workers_item_data.to_dict()
                workers.append(workers_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "session": session,
                "sequence": sequence,
                "instances": instances,
            }
        )
        if full is not UNSET:
            field_dict["full"] = full
        if capacity is not UNSET:
            field_dict["capacity"] = capacity
        if use is not UNSET:
            field_dict["use"] = use
        if workers is not UNSET:
            field_dict["workers"] = workers

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.instance_report import InstanceReport
        from ..models.resource_use import ResourceUse
        from ..models.resources import Resources
        from ..models.worker import Worker

        d = dict(src_dict)
        session = d.pop("session")

        sequence = d.pop("sequence")

        instances = []
        _instances = d.pop("instances")
        for instances_item_data in _instances:
            instances_item = InstanceReport.from_dict(instances_item_data)

            instances.append(instances_item)

        full = d.pop("full", UNSET)

        _capacity = d.pop("capacity", UNSET)
        capacity: Resources | Unset
        if isinstance(_capacity, Unset):
            capacity = UNSET
        else:
            capacity = Resources.from_dict(_capacity)

        _use = d.pop("use", UNSET)
        use: ResourceUse | Unset
        if isinstance(_use, Unset):
            use = UNSET
        else:
            use = ResourceUse.from_dict(_use)

        _workers = d.pop("workers", UNSET)
        workers: list[Worker] | Unset = UNSET
        if _workers is not UNSET:
            workers = []
            for workers_item_data in _workers:
                workers_item = Worker.from_dict(workers_item_data)

                workers.append(workers_item)

        report = cls(
            session=session,
            sequence=sequence,
            instances=instances,
            full=full,
            capacity=capacity,
            use=use,
            workers=workers,
        )

        return report
