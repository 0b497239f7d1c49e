from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.event import Event


T = TypeVar("T", bound="DeadLetter")


@_attrs_define
class DeadLetter:
    """A delivery that was given up.

    Attributes:
        id (str): Identifier, 24 hexadecimal digits.
        webhook_id (str): Identifier, 24 hexadecimal digits.
        attempts (int): How often it was tried.
        reason (str): Why the last attempt failed: the receiver …
        failed_at (datetime.datetime): Point in time (RFC 3339, UTC).
        expires_at (datetime.datetime): Point in time (RFC 3339, UTC).
        events (list[Event]): The events, oldest first.
    """

    id: str
    webhook_id: str
    attempts: int
    reason: str
    failed_at: datetime.datetime
    expires_at: datetime.datetime
    events: list[Event]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        webhook_id = self.webhook_id

        attempts = self.attempts

        reason = self.reason

        failed_at = self.failed_at.isoformat()

        expires_at = self.expires_at.isoformat()

        events = []
        for events_item_data in self.events:
            events_item = events_item_data.to_dict()
            events.append(events_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "webhookId": webhook_id,
                "attempts": attempts,
                "reason": reason,
                "failedAt": failed_at,
                "expiresAt": expires_at,
                "events": events,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.event import Event

        d = dict(src_dict)
        id = d.pop("id")

        webhook_id = d.pop("webhookId")

        attempts = d.pop("attempts")

        reason = d.pop("reason")

        failed_at = datetime.datetime.fromisoformat(d.pop("failedAt"))

        expires_at = datetime.datetime.fromisoformat(d.pop("expiresAt"))

        events = []
        _events = d.pop("events")
        for events_item_data in _events:
            events_item = Event.from_dict(events_item_data)

            events.append(events_item)

        dead_letter = cls(
            id=id,
            webhook_id=webhook_id,
            attempts=attempts,
            reason=reason,
            failed_at=failed_at,
            expires_at=expires_at,
            events=events,
        )

        dead_letter.additional_properties = d
        return dead_letter

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
