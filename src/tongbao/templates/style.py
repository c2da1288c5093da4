"""The look of a county's documents as a few named tokens, the same for Word and PDF."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from tongbao.definitions import Strict

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Points = Annotated[float, Field(gt=4, lt=80)]


class Style(Strict):
    """Style tokens of a pack (section 样式 of 版式.yaml); the defaults are GB/T 9704's, sizes in pt."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    mark_size: Points = Field(default=40, alias="标志字号", description="发文机关标志；排不下时自动缩小")
    title_size: Points = Field(default=22, alias="标题字号")
    body_size: Points = Field(default=16, alias="正文字号")
    table_size: Points = Field(default=12, alias="表格字号")
    red: Colour = Field(default="#E60012", alias="红色", description="发文机关标志与红线")
    bar: Colour = Field(default="#1F4E79", alias="图形颜色")
    rule_pt: Annotated[float, Field(ge=0.5, le=4)] = Field(default=1.5, alias="红线粗细")
