from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.scheduler_latency import SchedulerLatency
    from ..models.verdict_counts import VerdictCounts


T = TypeVar("T", bound="Scheduler")


@_attrs_define
class Scheduler:
    """Someone who decides where instances go.

    Attributes:
        name (str): DNS label (RFC 1123).
        kind (str): `built-in`, or the protocol of a remote one: `websocket`, `http`. More kinds may come.
        available (bool): Whether it can be asked now.
        decisions (int): Answers in time since the manager started.
        verdicts (VerdictCounts): Number of answers by verdict.
        refused (int): Answers that did not hold: no such cluster, no capacity left, a filter not passed.
        unanswered (int): Requests without an answer in time.
        late (int): Answers to nothing that was open, which changed nothing.
        latency (SchedulerLatency | Unset): Time from asking to the answer, in milliseconds, of the newest 1,000
            batches. Absent before the first.
    """

    name: str
    kind: str
    available: bool
    decisions: int
    verdicts: VerdictCounts
    refused: int
    unanswered: int
    late: int
    latency: SchedulerLatency | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        kind = self.kind

        available = self.available

        decisions = self.decisions

        verdicts = self.verdicts.to_dict()

        refused = self.refused

        unanswered = self.unanswered

        late = self.late

        latency: dict[str, Any] | Unset = UNSET
        if not isinstance(self.latency, Unset):
            latency = self.latency.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "kind": kind,
                "available": available,
                "decisions": decisions,
                "verdicts": verdicts,
                "refused": refused,
                "unanswered": unanswered,
                "late": late,
            }
        )
        if latency is not UNSET:
            field_dict["latency"] = latency

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.scheduler_latency import SchedulerLatency
        from ..models.verdict_counts import VerdictCounts

        d = dict(src_dict)
        name = d.pop("name")

        kind = d.pop("kind")

        available = d.pop("available")

        decisions = d.pop("decisions")

        verdicts = VerdictCounts.from_dict(d.pop("verdicts"))

        refused = d.pop("refused")

        unanswered = d.pop("unanswered")

        late = d.pop("late")

        _latency = d.pop("latency", UNSET)
        latency: SchedulerLatency | Unset
        if isinstance(_latency, Unset):
            latency = UNSET
        else:
            latency = SchedulerLatency.from_dict(_latency)

        scheduler = cls(
            name=name,
            kind=kind,
            available=available,
            decisions=decisions,
            verdicts=verdicts,
            refused=refused,
            unanswered=unanswered,
            late=late,
            latency=latency,
        )

        scheduler.additional_properties = d
        return scheduler

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
