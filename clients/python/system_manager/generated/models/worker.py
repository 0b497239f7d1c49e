from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.resource_use import ResourceUse
    from ..models.resources import Resources


T = TypeVar("T", bound="Worker")


@_attrs_define
class Worker:
    """A machine inside a cluster.

    Attributes:
        name (str): Name of a cluster or worker.
        capacity (Resources | Unset): An amount of computing resources.
        use (ResourceUse | Unset): Resources in use, as measured.
    """

    name: str
    capacity: Resources | Unset = UNSET
    use: ResourceUse | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        capacity: dict[str, Any] | Unset = UNSET
        if not isinstance(self.capacity, Unset):
            capacity = self.capacity.to_dict()

        use: dict[str, Any] | Unset = UNSET
        if not isinstance(self.use, Unset):
            use = self.use.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
            }
        )
        if capacity is not UNSET:
            field_dict["capacity"] = capacity
        if use is not UNSET:
            field_dict["use"] = use

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.resource_use import ResourceUse
        from ..models.resources import Resources

        d = dict(src_dict)
        name = d.pop("name")

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

        worker = cls(
            name=name,
            capacity=capacity,
            use=use,
        )

        return worker
