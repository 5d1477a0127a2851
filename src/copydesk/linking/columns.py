"""The array types that a whole corpus is held in."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatMatrix: TypeAlias = NDArray[np.float32]
FloatColumn: TypeAlias = NDArray[np.float64]
IntColumn: TypeAlias = NDArray[np.int64]
KeyColumn: TypeAlias = NDArray[np.uint64]
BoolColumn: TypeAlias = NDArray[np.bool_]
