from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ResourceUse")


@_attrs_define
class ResourceUse:
    """Resources in use, as measured.

    Attributes:
        cpu_cores (float | Unset): CPU cores.
        memory_mi_b (float | Unset): Memory in MiB.
    """

    cpu_cores: float | Unset = UNSET
    memory_mi_b: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        cpu_cores = self.cpu_cores

        memory_mi_b = self.memory_mi_b

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if cpu_cores is not UNSET:
            field_dict["cpuCores"] = cpu_cores
        if memory_mi_b is not UNSET:
            field_dict["memoryMiB"] = memory_mi_b

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        cpu_cores = d.pop("cpuCores", UNSET)

        memory_mi_b = d.pop("memoryMiB", UNSET)

        resource_use = cls(
            cpu_cores=cpu_cores,
            memory_mi_b=memory_mi_b,
        )

        return resource_use
