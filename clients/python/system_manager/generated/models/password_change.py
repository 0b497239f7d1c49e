from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="PasswordChange")


@_attrs_define
class PasswordChange:
    """The present password and the next.

    Attributes:
        present (str): The present password.
        next_ (str): At least 12 characters; must not contain the name.
    """

    present: str
    next_: str

    def to_dict(self) -> dict[str, Any]:
        present = self.present

        next_ = self.next_

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "present": present,
                "next": next_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        present = d.pop("present")

        next_ = d.pop("next")

        password_change = cls(
            present=present,
            next_=next_,
        )

        return password_change
