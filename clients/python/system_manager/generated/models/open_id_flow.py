from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="OpenIdFlow")


@_attrs_define
class OpenIdFlow:
    """A sign-in that was begun.

    Attributes:
        authorization_url (str): Where the identity provider asks who it is.
        flow (str): Proves that whoever comes back is who went there.
        expires_at (datetime.datetime): Point in time (RFC 3339, UTC).
    """

    authorization_url: str
    flow: str
    expires_at: datetime.datetime
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        authorization_url = self.authorization_url

        flow = self.flow

        expires_at = self.expires_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "authorizationUrl": authorization_url,
                "flow": flow,
                "expiresAt": expires_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        authorization_url = d.pop("authorizationUrl")

        flow = d.pop("flow")

        expires_at = datetime.datetime.fromisoformat(d.pop("expiresAt"))

        open_id_flow = cls(
            authorization_url=authorization_url,
            flow=flow,
            expires_at=expires_at,
        )

        open_id_flow.additional_properties = d
        return open_id_flow

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
