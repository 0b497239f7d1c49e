from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="SchedulerTest")


@_attrs_define
class SchedulerTest:
    """What a scheduler answered to a test.

    Attributes:
        scheduler (str): DNS label (RFC 1123).
        answered (bool): Whether an answer came in time.
        latency_ms (float): How long it took.
        verdict (str | Unset): Verdict of a scheduler. More verdicts may come. Known values: PLACED,
            TargetClusterNotFound, TargetClusterNotActive, TargetClusterNoCapacity, NoActiveClusterWithCapacity.
        reason (str | Unset): Why there is no answer, or why it does not hold.
    """

    scheduler: str
    answered: bool
    latency_ms: float
    verdict: str | Unset = UNSET
    reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        scheduler = self.scheduler

        answered = self.answered

        latency_ms = self.latency_ms

        verdict = self.verdict

        reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "scheduler": scheduler,
                "answered": answered,
                "latencyMs": latency_ms,
            }
        )
        if verdict is not UNSET:
            field_dict["verdict"] = verdict
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        scheduler = d.pop("scheduler")

        answered = d.pop("answered")

        latency_ms = d.pop("latencyMs")

        verdict = d.pop("verdict", UNSET)

        reason = d.pop("reason", UNSET)

        scheduler_test = cls(
            scheduler=scheduler,
            answered=answered,
            latency_ms=latency_ms,
            verdict=verdict,
            reason=reason,
        )

        scheduler_test.additional_properties = d
        return scheduler_test

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
