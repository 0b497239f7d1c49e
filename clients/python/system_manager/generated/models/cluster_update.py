from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.coordinates import Coordinates
    from ..models.labels import Labels


T = TypeVar("T", bound="ClusterUpdate")


@_attrs_define
class ClusterUpdate:
    """The fields to change.

    Attributes:
        location (str | Unset): Name of the place.
        coordinates (Coordinates | Unset): A place on earth, in degrees (WGS 84).
        labels (Labels | Unset): Free labels, at most 64.
        taints (list[str] | Unset): Words that keep instances away which do not tolerate them.
        schedulable (bool | Unset): Whether new instances may go there.
    """

    location: str | Unset = UNSET
    coordinates: Coordinates | Unset = UNSET
    labels: Labels | Unset = UNSET
    taints: list[str] | Unset = UNSET
    schedulable: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        location = self.location

        coordinates: dict[str, Any] | Unset = UNSET
        if not isinstance(self.coordinates, Unset):
            coordinates = self.coordinates.to_dict()

        labels: dict[str, Any] | Unset = UNSET
        if not isinstance(self.labels, Unset):
            labels = self.labels.to_dict()

        taints: list[str] | Unset = UNSET
        if not isinstance(self.taints, Unset):
            taints = self.taints

        schedulable = self.schedulable

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if location is not UNSET:
            field_dict["location"] = location
        if coordinates is not UNSET:
            field_dict["coordinates"] = coordinates
        if labels is not UNSET:
            field_dict["labels"] = labels
        if taints is not UNSET:
            field_dict["taints"] = taints
        if schedulable is not UNSET:
            field_dict["schedulable"] = schedulable

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.coordinates import Coordinates
        from ..models.labels import Labels

        d = dict(src_dict)
        location = d.pop("location", UNSET)

        _coordinates = d.pop("coordinates", UNSET)
        coordinates: Coordinates | Unset
        if isinstance(_coordinates, Unset):
            coordinates = UNSET
        else:
            coordinates = Coordinates.from_dict(_coordinates)

        _labels = d.pop("labels", UNSET)
        labels: Labels | Unset
        if isinstance(_labels, Unset):
            labels = UNSET
        else:
            labels = Labels.from_dict(_labels)

        taints = cast(list[str], d.pop("taints", UNSET))

        schedulable = d.pop("schedulable", UNSET)

        cluster_update = cls(
            location=location,
            coordinates=coordinates,
            labels=labels,
            taints=taints,
            schedulable=schedulable,
        )

        return cluster_update
