from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="OpenIdAnswer")


@_attrs_define
class OpenIdAnswer:
    """What the identity provider has sent back with the browser.

    Attributes:
        flow (str): From `beginOpenIdSignIn`.
        code (str): As it came.
        state (str): As it came.
        iss (str | Unset): As it came.
    """

    flow: str
    code: str
    state: str
    iss: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        flow = self.flow

        code = self.code

        state = self.state

        iss = self.iss

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "flow": flow,
                "code": code,
                "state": state,
            }
        )
        if iss is not UNSET:
            field_dict["iss"] = iss

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        flow = d.pop("flow")

        code = d.pop("code")

        state = d.pop("state")

        iss = d.pop("iss", UNSET)

        open_id_answer = cls(
            flow=flow,
            code=code,
            state=state,
            iss=iss,
        )

        return open_id_answer
