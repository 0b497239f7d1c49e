from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.user import User


T = TypeVar("T", bound="SignedIn")


@_attrs_define
class SignedIn:
    """What somebody who has signed in holds.

    Attributes:
        access_token (str): Bearer token for requests.
        access_token_expires_at (datetime.datetime): Point in time (RFC 3339, UTC).
        refresh_token (str): Exchange it for the next access token.
        refresh_token_expires_at (datetime.datetime): Point in time (RFC 3339, UTC).
        user (User): Somebody who signs in.
    """

    access_token: str
    access_token_expires_at: datetime.datetime
    refresh_token: str
    refresh_token_expires_at: datetime.datetime
    user: User
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        access_token = self.access_token

        access_token_expires_at = self.access_token_expires_at.isoformat()

        refresh_token = self.refresh_token

        refresh_token_expires_at = self.refresh_token_expires_at.isoformat()

        user = self.user.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "accessToken": access_token,
                "accessTokenExpiresAt": access_token_expires_at,
                "refreshToken": refresh_token,
                "refreshTokenExpiresAt": refresh_token_expires_at,
                "user": user,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.user import User

        d = dict(src_dict)
        access_token = d.pop("accessToken")

        access_token_expires_at = datetime.datetime.fromisoformat(
            d.pop("accessTokenExpiresAt")
        )

        refresh_token = d.pop("refreshToken")

        refresh_token_expires_at = datetime.datetime.fromisoformat(
            d.pop("refreshTokenExpiresAt")
        )

        user = User.from_dict(d.pop("user"))

        signed_in = cls(
            access_token=access_token,
            access_token_expires_at=access_token_expires_at,
            refresh_token=refresh_token,
            refresh_token_expires_at=refresh_token_expires_at,
            user=user,
        )

        signed_in.additional_properties = d
        return signed_in

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
