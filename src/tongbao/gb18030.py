"""What old systems meant by characters at private places, so that a name typed long ago is read as it was written.

GBK and GB 18030-2000 wrote characters that Unicode did not have yet at private places, the same ones on every machine;
GB 18030-2022 names the place where each of them stands today. Other private characters are shapes that one machine
drew for itself: nobody else can know them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_FE_ROW = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
MEANT: Final[Mapping[str, str]] = {
    **{chr(place): character for place, character in enumerate(_FE_ROW, 0xE815)},  # GB bytes FE50–FEA0
    **dict(
        zip(map(chr, range(0xE78D, 0xE797)), "︐︒︑︓︔︕︖︗︘︙", strict=True)
    ),  # A6D9–A6F3, signs of upright text
    **dict(zip(map(chr, range(0xE7E7, 0xE7F4)), "〾⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻", strict=True)),  # A989–A995
    "\ue7c7": "ḿ",
    "\ue7c8": "ǹ",
}
"""Private place of GBK and of GB 18030-2000 or -2005 → the character that GB 18030-2022 means by it."""
