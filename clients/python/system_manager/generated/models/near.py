from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Near")


@_attrs_define
class Near:
    """A wanted place. Closer clusters score higher; `maxKm` is a demand.

    Attributes:
        latitude (float): Degrees north.
        longitude (float): Degrees east.
        max_km (float | Unset): Greatest distance in kilometres.
    """

    latitude: float
    longitude: float
    max_km: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        latitude = self.latitude

        longitude = self.longitude

        max_km = self.max_km

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "latitude": latitude,
                "longitude": longitude,
            }
        )
        if max_km is not UNSET:
            field_dict["maxKm"] = max_km

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        latitude = d.pop("latitude")

        longitude = d.pop("longitude")

        max_km = d.pop("maxKm", UNSET)

        near = cls(
            latitude=latitude,
            longitude=longitude,
            max_km=max_km,
        )

        return near
