from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="WebhookChange")


@_attrs_define
class WebhookChange:
    """The fields to change.

    Attributes:
        name (str | Unset): What it is for.
        url (str | Unset): Where deliveries go to, with `https` wherever somebody could listen. No name and password,
            and no fragment.
        types (list[str] | Unset): Types of events that are sent; `service.*` for all of a subject. Empty for every
            event.
        enabled (bool | Unset): Whether it is switched on.
    """

    name: str | Unset = UNSET
    url: str | Unset = UNSET
    types: list[str] | Unset = UNSET
    enabled: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        url = self.url

        types: list[str] | Unset = UNSET
        if not isinstance(self.types, Unset):
            types = self.types

        enabled = self.enabled

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if url is not UNSET:
            field_dict["url"] = url
        if types is not UNSET:
            field_dict["types"] = types
        if enabled is not UNSET:
            field_dict["enabled"] = enabled

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        name = d.pop("name", UNSET)

        url = d.pop("url", UNSET)

        types = cast(list[str], d.pop("types", UNSET))

        enabled = d.pop("enabled", UNSET)

        webhook_change = cls(
            name=name,
            url=url,
            types=types,
            enabled=enabled,
        )

        return webhook_change
