from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.labels import Labels
    from ..models.near import Near


T = TypeVar("T", bound="Placement")


@_attrs_define
class Placement:
    """Demands and wishes on where the instances go.

    Attributes:
        cluster (str | Unset): Name of a cluster or worker.
        location (str | Unset): Demanded location.
        worker (str | Unset): Name of a cluster or worker.
        labels (Labels | Unset): Free labels, at most 64.
        tolerations (list[str] | Unset): Words that keep instances away which do not tolerate them.
        near (Near | Unset): A wanted place. Closer clusters score higher; `maxKm` is a demand.
        spread_by (str | Unset): What the instances spread over. Known values: cluster, location. Default: 'cluster'.
    """

    cluster: str | Unset = UNSET
    location: str | Unset = UNSET
    worker: str | Unset = UNSET
    labels: Labels | Unset = UNSET
    tolerations: list[str] | Unset = UNSET
    near: Near | Unset = UNSET
    spread_by: str | Unset = "cluster"

    def to_dict(self) -> dict[str, Any]:
        cluster = self.cluster

        location = self.location

        worker = self.worker

        labels: dict[str, Any] | Unset = UNSET
        if not isinstance(self.labels, Unset):
            labels = self.labels.to_dict()

        tolerations: list[str] | Unset = UNSET
        if not isinstance(self.tolerations, Unset):
            tolerations = self.tolerations

        near: dict[str, Any] | Unset = UNSET
        if not isinstance(self.near, Unset):
            near = self.near.to_dict()

        spread_by = self.spread_by

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if cluster is not UNSET:
            field_dict["cluster"] = cluster
        if location is not UNSET:
            field_dict["location"] = location
        if worker is not UNSET:
            field_dict["worker"] = worker
        if labels is not UNSET:
            field_dict["labels"] = labels
        if tolerations is not UNSET:
            field_dict["tolerations"] = tolerations
        if near is not UNSET:
            field_dict["near"] = near
        if spread_by is not UNSET:
            field_dict["spreadBy"] = spread_by

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.labels import Labels
        from ..models.near import Near

        d = dict(src_dict)
        cluster = d.pop("cluster", UNSET)

        location = d.pop("location", UNSET)

        worker = d.pop("worker", UNSET)

        _labels = d.pop("labels", UNSET)
        labels: Labels | Unset
        if isinstance(_labels, Unset):
            labels = UNSET
        else:
            labels = Labels.from_dict(_labels)

        tolerations = cast(list[str], d.pop("tolerations", UNSET))

        _near = d.pop("near", UNSET)
        near: Near | Unset
        if isinstance(_near, Unset):
            near = UNSET
        else:
            near = Near.from_dict(_near)

        spread_by = d.pop("spreadBy", UNSET)

        placement = cls(
            cluster=cluster,
            location=location,
            worker=worker,
            labels=labels,
            tolerations=tolerations,
            near=near,
            spread_by=spread_by,
        )

        return placement
