"""Skinning: where the points of a surface are when the bones that move them have turned."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Skinning:
    """Linear blend skinning of V points, made ready once: most of k weights to a point are zero and left out.

    points  (E, 4) homogeneous rest points times a weight, one for each weight that is not zero, bone by bone
    spans   (bone, first, end) where the points of each bone are
    order   (E,) the points' places, point by point; first  (V,) where each point's begin in `order`
    """

    points: Floats
    spans: tuple[tuple[int, int, int], ...]
    order: Ints
    first: Ints

    @classmethod
    def of(cls, vertices0: Floats, weights_index: Ints, weights: Floats) -> Self:
        """Of rest vertices (V, 3) with weights (V, k) of bones (V, k); each vertex has at least one."""
        vertex, column = np.nonzero(weights)
        bones, weight = weights_index[vertex, column], weights[vertex, column]
        by_bone = np.argsort(bones, kind="stable")
        points = np.column_stack([vertices0, np.ones(len(vertices0))])[vertex] * weight[:, None]
        used, starts = np.unique(bones[by_bone], return_index=True)
        ends = [*starts[1:], len(bones)]
        spans = tuple((int(b), int(s), int(e)) for b, s, e in zip(used, starts, ends, strict=True))
        place = np.empty(len(bones), np.int64)
        place[by_bone] = np.arange(len(bones))
        return cls(points[by_bone], spans, place, np.searchsorted(vertex, np.arange(len(vertices0))))

    def __call__(self, matrices: Floats) -> Floats:
        """Where the points (V, 3) are, by the bones' matrices (B, 3, 4) from the rest mesh."""
        moved = np.empty((len(self.points), 3))
        for bone, start, end in self.spans:
            np.matmul(self.points[start:end], matrices[bone].T, out=moved[start:end])
        return np.asarray(np.add.reduceat(moved.take(self.order, axis=0), self.first, axis=0))

    def heights(self, matrices: Floats) -> Floats:
        """The third coordinate alone, (V,)."""
        moved = np.empty(len(self.points))
        for bone, start, end in self.spans:
            np.matmul(self.points[start:end], matrices[bone, 2], out=moved[start:end])
        return np.asarray(np.add.reduceat(moved.take(self.order), self.first))
