from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewWebhook")


@_attrs_define
class NewWebhook:
    """A new webhook.

    Attributes:
        url (str): Where deliveries go to, with `https` wherever somebody could listen. No name and password, and no
            fragment.
        organization_id (str | Unset): The organization that it belongs to; absent where it belongs to the installation.
        name (str | Unset): What it is for.
        types (list[str] | Unset): Types of events that are sent; `service.*` for all of a subject. Empty for every
            event.
    """

    url: str
    organization_id: str | Unset = UNSET
    name: str | Unset = UNSET
    types: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        url = self.url

        organization_id = self.organization_id

        name = self.name

        types: list[str] | Unset = UNSET
        if not isinstance(self.types, Unset):
            types = self.types

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "url": url,
            }
        )
        if organization_id is not UNSET:
            field_dict["organizationId"] = organization_id
        if name is not UNSET:
            field_dict["name"] = name
        if types is not UNSET:
            field_dict["types"] = types

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        url = d.pop("url")

        organization_id = d.pop("organizationId", UNSET)

        name = d.pop("name", UNSET)

        types = cast(list[str], d.pop("types", UNSET))

        new_webhook = cls(
            url=url,
            organization_id=organization_id,
            name=name,
            types=types,
        )

        return new_webhook
