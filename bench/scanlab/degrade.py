"""What a scanner saw of a clean page: spread or starved ink, crooked paper, uneven light, grain, specks, ghosts."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
cv2.setNumThreads(1)

# blur in pixels at 200 dpi; grain, light in grey levels; crooked in degrees; ink: share of strokes spread or starved;
# ghost: how much of the page's other side shows through; specks a square inch
SEVERITY: dict[int, dict[str, float]] = {
    1: {"blur": 0.55, "grain": 4, "light": 5, "crooked": 0.2, "ink": 0.15, "ghost": 0.00, "specks": 0.0, "paper": 247},
    2: {"blur": 0.75, "grain": 9, "light": 12, "crooked": 0.4, "ink": 0.30, "ghost": 0.03, "specks": 0.7, "paper": 236},
    3: {
        "blur": 0.90,
        "grain": 14,
        "light": 22,
        "crooked": 0.6,
        "ink": 0.40,
        "ghost": 0.06,
        "specks": 2.0,
        "paper": 222,
    },
}


def degrade(clean: Image, recipe: dict[str, Any], rng: np.random.Generator) -> Image:
    """Return the page as scanned; the same *rng* state gives the same pixels."""
    how, dpi = {**SEVERITY[recipe["severity"]], **recipe.get("how", {})}, recipe["dpi"]
    height, width = clean.shape
    page = clean.astype(np.float32)
    stroke = np.ones((2, 2), np.uint8)
    share = how["ink"] * rng.uniform(0.4, 1.0)
    moved = cv2.erode(page, stroke) if rng.random() < 0.65 else cv2.dilate(page, stroke)
    page = (1 - share) * page + share * moved
    if how["ghost"]:
        page -= how["ghost"] * (255 - cv2.GaussianBlur(page[:, ::-1], (0, 0), 2.5))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-1, 1) * how["crooked"], 1.0)
    page = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255.0)
    page = cv2.GaussianBlur(page, (0, 0), how["blur"] * dpi / 200 * rng.uniform(0.9, 1.1))
    ink = rng.uniform(20, 55)
    page = ink + (how["paper"] - ink) * page / 255
    across, down = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    page += how["light"] * (rng.uniform(-1, 1) * across + rng.uniform(-1, 1) * down * down)
    coarse = rng.normal(0, how["grain"], (height // 4 + 1, width // 4 + 1)).astype(np.float32)
    page += cv2.resize(coarse, (width, height)) * 0.6 + rng.normal(0, how["grain"] * 0.7, (height, width))
    for _ in range(rng.poisson(how["specks"] * height * width / dpi**2)):
        centre = (int(rng.integers(width)), int(rng.integers(height)))
        cv2.circle(page, centre, int(rng.integers(1, 3)), float(rng.uniform(30, 120)), -1)
    scan = np.clip(page, 0, 255).astype(np.uint8)
    if recipe.get("bitonal"):
        soft = cv2.GaussianBlur(scan, (0, 0), 0.6)
        scan = cv2.threshold(soft, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1].astype(np.uint8)
    return scan
