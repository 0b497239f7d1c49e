from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="UpdatePolicy")


@_attrs_define
class UpdatePolicy:
    """How instances are replaced by a new revision. An amount is a number of instances, or a share of the replicas
    (`25%`), rounded down,
    at least one unless it is `0%`.

        Attributes:
            max_surge (int | str | Unset): How many may run at the new revision beside the old ones that they replace.
                Default: '25%'.
            max_unavailable (int | str | Unset): How many may be down at a time, so that an old one makes room for the new
                one before it starts. Default: 0.
            healthy_seconds (int | Unset): How long a new instance has to run without a break until it counts. Default: 5.
    """

    max_surge: int | str | Unset = "25%"
    max_unavailable: int | str | Unset = 0
    healthy_seconds: int | Unset = 5

    def to_dict(self) -> dict[str, Any]:
        max_surge: int | str | Unset
        if isinstance(self.max_surge, Unset):
            max_surge = UNSET
        else:
            max_surge = self.max_surge

        max_unavailable: int | str | Unset
        if isinstance(self.max_unavailable, Unset):
            max_unavailable = UNSET
        else:
            max_unavailable = self.max_unavailable

        healthy_seconds = self.healthy_seconds

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if max_surge is not UNSET:
            field_dict["maxSurge"] = max_surge
        if max_unavailable is not UNSET:
            field_dict["maxUnavailable"] = max_unavailable
        if healthy_seconds is not UNSET:
            field_dict["healthySeconds"] = healthy_seconds

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_max_surge(data: object) -> int | str | Unset:
            if isinstance(data, Unset):
                return data
            return cast(int | str | Unset, data)

        max_surge = _parse_max_surge(d.pop("maxSurge", UNSET))

        def _parse_max_unavailable(data: object) -> int | str | Unset:
            if isinstance(data, Unset):
                return data
            return cast(int | str | Unset, data)

        max_unavailable = _parse_max_unavailable(d.pop("maxUnavailable", UNSET))

        healthy_seconds = d.pop("healthySeconds", UNSET)

        update_policy = cls(
            max_surge=max_surge,
            max_unavailable=max_unavailable,
            healthy_seconds=healthy_seconds,
        )

        return update_policy
