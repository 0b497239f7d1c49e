from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Destination")


@_attrs_define
class Destination:
    """Where to go; what is named must all hold.

    Attributes:
        cluster (str | Unset): Name of a cluster or worker.
        location (str | Unset): Name of the place.
        worker (str | Unset): Name of a cluster or worker.
    """

    cluster: str | Unset = UNSET
    location: str | Unset = UNSET
    worker: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        cluster = self.cluster

        location = self.location

        worker = self.worker

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if cluster is not UNSET:
            field_dict["cluster"] = cluster
        if location is not UNSET:
            field_dict["location"] = location
        if worker is not UNSET:
            field_dict["worker"] = worker

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        cluster = d.pop("cluster", UNSET)

        location = d.pop("location", UNSET)

        worker = d.pop("worker", UNSET)

        destination = cls(
            cluster=cluster,
            location=location,
            worker=worker,
        )

        return destination
