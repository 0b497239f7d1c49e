from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Resources")


@_attrs_define
class Resources:
    """An amount of computing resources.

    Attributes:
        cpu_cores (float | Unset): CPU cores. Default: 0.0.
        memory_mi_b (int | Unset): Memory in MiB. Default: 0.
        gpus (int | Unset): Whole GPUs. Default: 0.
    """

    cpu_cores: float | Unset = 0.0
    memory_mi_b: int | Unset = 0
    gpus: int | Unset = 0

    def to_dict(self) -> dict[str, Any]:
        cpu_cores = self.cpu_cores

        memory_mi_b = self.memory_mi_b

        gpus = self.gpus

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if cpu_cores is not UNSET:
            field_dict["cpuCores"] = cpu_cores
        if memory_mi_b is not UNSET:
            field_dict["memoryMiB"] = memory_mi_b
        if gpus is not UNSET:
            field_dict["gpus"] = gpus

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        cpu_cores = d.pop("cpuCores", UNSET)

        memory_mi_b = d.pop("memoryMiB", UNSET)

        gpus = d.pop("gpus", UNSET)

        resources = cls(
            cpu_cores=cpu_cores,
            memory_mi_b=memory_mi_b,
            gpus=gpus,
        )

        return resources
