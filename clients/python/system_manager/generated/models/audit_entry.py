from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.audit_actor import AuditActor


T = TypeVar("T", bound="AuditEntry")


@_attrs_define
class AuditEntry:
    """One request that has changed something, or was refused.

    Attributes:
        sequence (int): One more than that of the entry before.
        at (datetime.datetime): When it was answered.
        actor (AuditActor): Who did, or wanted to do, something.
        address (str): Address from which it came.
        operation_id (str): Operation of this contract.
        status (int): HTTP status of the answer.
        request_id (str): The `x-request-id` of the answer.
        previous_hash (str): SHA-256 in hexadecimal digits; nothing before the first entry.
        hash_ (str): SHA-256 in hexadecimal digits; nothing before the first entry.
        subject_id (str | Unset): What it was about: the thing in the address, or the one that was made.
        code (str | Unset): The last part of the `type` of the problem, where it was one.
    """

    sequence: int
    at: datetime.datetime
    actor: AuditActor
    address: str
    operation_id: str
    status: int
    request_id: str
    previous_hash: str
    hash_: str
    subject_id: str | Unset = UNSET
    code: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        sequence = self.sequence

        at = self.at.isoformat()

        actor = self.actor.to_dict()

        address = self.address

        operation_id = self.operation_id

        status = self.status

        request_id = self.request_id

        previous_hash = self.previous_hash

        hash_ = self.hash_

        subject_id = self.subject_id

        code = self.code

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "sequence": sequence,
                "at": at,
                "actor": actor,
                "address": address,
                "operationId": operation_id,
                "status": status,
                "requestId": request_id,
                "previousHash": previous_hash,
                "hash": hash_,
            }
        )
        if subject_id is not UNSET:
            field_dict["subjectId"] = subject_id
        if code is not UNSET:
            field_dict["code"] = code

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.audit_actor import AuditActor

        d = dict(src_dict)
        sequence = d.pop("sequence")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        actor = AuditActor.from_dict(d.pop("actor"))

        address = d.pop("address")

        operation_id = d.pop("operationId")

        status = d.pop("status")

        request_id = d.pop("requestId")

        previous_hash = d.pop("previousHash")

        hash_ = d.pop("hash")

        subject_id = d.pop("subjectId", UNSET)

        code = d.pop("code", UNSET)

        audit_entry = cls(
            sequence=sequence,
            at=at,
            actor=actor,
            address=address,
            operation_id=operation_id,
            status=status,
            request_id=request_id,
            previous_hash=previous_hash,
            hash_=hash_,
            subject_id=subject_id,
            code=code,
        )

        audit_entry.additional_properties = d
        return audit_entry

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
