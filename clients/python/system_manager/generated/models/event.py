from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.event_data import EventData


T = TypeVar("T", bound="Event")


@_attrs_define
class Event:
    """One entry of the history.

    Attributes:
        sequence (int): Position in the history; without gaps.
        type_ (str): What happened, as `<subject>.<verb>`: `service.deployed`, `instance.phaseChanged`,
            `cluster.registered`, and others. More types may come.
        at (datetime.datetime): Point in time (RFC 3339, UTC).
        subject_kind (str): What it is about. Known values: service, cluster, instance, operation.
        subject_id (str): Identifier, 24 hexadecimal digits.
        data (EventData): The values that changed.
        related_ids (list[str] | Unset): Other resources that it concerns: the service and the cluster of an instance,
            the subject of an operation.
    """

    sequence: int
    type_: str
    at: datetime.datetime
    subject_kind: str
    subject_id: str
    data: EventData
    related_ids: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        sequence = self.sequence

        type_ = self.type_

        at = self.at.isoformat()

        subject_kind = self.subject_kind

        subject_id = self.subject_id

        data = self.data.to_dict()

        related_ids: list[str] | Unset = UNSET
        if not isinstance(self.related_ids, Unset):
            related_ids = self.related_ids

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "sequence": sequence,
                "type": type_,
                "at": at,
                "subjectKind": subject_kind,
                "subjectId": subject_id,
                "data": data,
            }
        )
        if related_ids is not UNSET:
            field_dict["relatedIds"] = related_ids

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.event_data import EventData

        d = dict(src_dict)
        sequence = d.pop("sequence")

        type_ = d.pop("type")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        subject_kind = d.pop("subjectKind")

        subject_id = d.pop("subjectId")

        data = EventData.from_dict(d.pop("data"))

        related_ids = cast(list[str], d.pop("relatedIds", UNSET))

        event = cls(
            sequence=sequence,
            type_=type_,
            at=at,
            subject_kind=subject_kind,
            subject_id=subject_id,
            data=data,
            related_ids=related_ids,
        )

        event.additional_properties = d
        return event

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
