from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ScaleRequest")


@_attrs_define
class ScaleRequest:
    """Either `replicas` or `by`.

    Attributes:
        replicas (int | Unset): Wanted number of instances.
        by (int | Unset): Difference to the wanted number. The result is never below zero.
    """

    replicas: int | Unset = UNSET
    by: int | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        replicas = self.replicas

        by = self.by

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if replicas is not UNSET:
            field_dict["replicas"] = replicas
        if by is not UNSET:
            field_dict["by"] = by

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        replicas = d.pop("replicas", UNSET)

        by = d.pop("by", UNSET)

        scale_request = cls(
            replicas=replicas,
            by=by,
        )

        return scale_request
