"""What every part of a definition is built on: unknown keys are errors, and nothing changes after reading."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator


class Strict(BaseModel):
    """Base of everything a definition may say: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Abbreviated(Strict):
    """Base of what may be written as one text where one key is enough: 体系: 线上 for {体系: {名称: 线上}}."""

    short_for: ClassVar[str]
    """The key that the text stands for."""

    @model_validator(mode="before")
    @classmethod
    def _in_full(cls, value: object) -> object:
        return {cls.short_for: value} if isinstance(value, str) else value


class OneOf(Strict):
    """Base of what is said in exactly one of several ways, such as 取值: 公式, 台账, 人工 or 体系.

    Every field is one way and is None where another way is taken.
    """

    called: ClassVar[str]
    """What messages call it."""
    bare: ClassVar[bool] = False
    """Whether the way's name alone may be written: “按比例” for {按比例: {}}."""

    @model_validator(mode="before")
    @classmethod
    def _in_full(cls, value: object) -> object:
        return {value: {}} if cls.bare and isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        fields = type(self).model_fields
        if sum(getattr(self, name) is not None for name in fields) != 1:
            ways = "、".join(field.alias or name for name, field in fields.items())
            raise ValueError(f"{self.called}须且只须写 {ways} 中的一种")
        return self
