from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.coordinates import Coordinates
    from ..models.labels import Labels
    from ..models.resources import Resources


T = TypeVar("T", bound="ClusterRegistration")


@_attrs_define
class ClusterRegistration:
    """A new cluster.

    Attributes:
        name (str): Name of a cluster or worker.
        location (str | Unset): Name of the place.
        coordinates (Coordinates | Unset): A place on earth, in degrees (WGS 84).
        capabilities (list[str] | Unset): Runtimes that the cluster offers.
        labels (Labels | Unset): Free labels, at most 64.
        capacity (Resources | Unset): An amount of computing resources.
    """

    name: str
    location: str | Unset = UNSET
    coordinates: Coordinates | Unset = UNSET
    capabilities: list[str] | Unset = UNSET
    labels: Labels | Unset = UNSET
    capacity: Resources | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        location = self.location

        coordinates: dict[str, Any] | Unset = UNSET
        if not isinstance(self.coordinates, Unset):
            coordinates = self.coordinates.to_dict()

        capabilities: list[str] | Unset = UNSET
        if not isinstance(self.capabilities, Unset):
            capabilities = self.capabilities

        labels: dict[str, Any] | Unset = UNSET
        if not isinstance(self.labels, Unset):
            labels = self.labels.to_dict()

        capacity: dict[str, Any] | Unset = UNSET
        if not isinstance(self.capacity, Unset):
            capacity = self.capacity.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
            }
        )
        if location is not UNSET:
            field_dict["location"] = location
        if coordinates is not UNSET:
            field_dict["coordinates"] = coordinates
        if capabilities is not UNSET:
            field_dict["capabilities"] = capabilities
        if labels is not UNSET:
            field_dict["labels"] = labels
        if capacity is not UNSET:
            field_dict["capacity"] = capacity

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.coordinates import Coordinates
        from ..models.labels import Labels
        from ..models.resources import Resources

        d = dict(src_dict)
        name = d.pop("name")

        location = d.pop("location", UNSET)

        _coordinates = d.pop("coordinates", UNSET)
        coordinates: Coordinates | Unset
        if isinstance(_coordinates, Unset):
            coordinates = UNSET
        else:
            coordinates = Coordinates.from_dict(_coordinates)

        capabilities = cast(list[str], d.pop("capabilities", UNSET))

        _labels = d.pop("labels", UNSET)
        labels: Labels | Unset
        if isinstance(_labels, Unset):
            labels = UNSET
        else:
            labels = Labels.from_dict(_labels)

        _capacity = d.pop("capacity", UNSET)
        capacity: Resources | Unset
        if isinstance(_capacity, Unset):
            capacity = UNSET
        else:
            capacity = Resources.from_dict(_capacity)

        cluster_registration = cls(
            name=name,
            location=location,
            coordinates=coordinates,
            capabilities=capabilities,
            labels=labels,
            capacity=capacity,
        )

        return cluster_registration
