from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.enrolment_token import EnrolmentToken


T = TypeVar("T", bound="EnrolmentTokenCreated")


@_attrs_define
class EnrolmentTokenCreated:
    """A new enrolment token.

    Attributes:
        enrolment_token (EnrolmentToken): Lets agents enrol their clusters; the token itself is not kept.
        token (str): The bearer token. Shown once.
    """

    enrolment_token: EnrolmentToken
    token: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        enrolment_token = self.enrolment_token.to_dict()

        token = self.token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "enrolmentToken": enrolment_token,
                "token": token,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.enrolment_token import EnrolmentToken

        d = dict(src_dict)
        enrolment_token = EnrolmentToken.from_dict(d.pop("enrolmentToken"))

        token = d.pop("token")

        enrolment_token_created = cls(
            enrolment_token=enrolment_token,
            token=token,
        )

        enrolment_token_created.additional_properties = d
        return enrolment_token_created

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
