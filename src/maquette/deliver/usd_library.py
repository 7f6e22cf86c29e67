"""OpenUSD's Python modules, made from C++ and without types: here is the one place where that is said."""

from __future__ import annotations

from typing import Any

import pxr.Gf
import pxr.Kind
import pxr.Sdf
import pxr.Tf
import pxr.Usd
import pxr.UsdGeom
import pxr.UsdLux
import pxr.UsdShade
import pxr.UsdUtils
import pxr.Vt

Gf: Any = pxr.Gf
Kind: Any = pxr.Kind
Sdf: Any = pxr.Sdf
Tf: Any = pxr.Tf
Usd: Any = pxr.Usd
UsdGeom: Any = pxr.UsdGeom
UsdLux: Any = pxr.UsdLux
UsdShade: Any = pxr.UsdShade
UsdUtils: Any = pxr.UsdUtils
Vt: Any = pxr.Vt
