"""From one to three paintings to a network, from random numbers, in minutes, on this machine."""

from __future__ import annotations

import hashlib
import json
import math
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from maquette.film.errors import UsageError
from maquette.house.checkpoint import Checkpoint, newest_checkpoint, write_checkpoint
from maquette.house.critic import Critic, critic_loss, painter_loss
from maquette.house.crops import Example, Keys, keys_of
from maquette.house.features import RANDOM_FROM
from maquette.house.losses import Weights, afar_loss, fresh_bank, pixel_loss, texture_loss
from maquette.house.network import NETWORK_VERSION, HouseNetwork, Widths
from maquette.house.weights import Lineage, weights_bytes
from maquette.imaging.png import encode_png

U8 = NDArray[np.uint8]

BETAS, CRITIC_BETAS = (0.8, 0.99), (0.5, 0.99)
CLIP = 1.0
AVERAGE = 0.995
"""The weights that are kept are the running mean of those of the last few hundred steps."""
PATIENCE = 0.4
"""Early stopping: training is brought to its end when the loss has not fallen by `LEAST_GAIN` over this share of it."""
LEAST_GAIN = 0.01
COOL_DOWN, SHORT_COOL_DOWN = 0.5, 0.15
"""Share of the whole over which the rate falls to nothing at the end; the second where training is stopped early."""


@dataclass(frozen=True)
class Settings:
    """Everything that decides what comes out, beside the keys and the machine."""

    minutes: float = 9.0
    """Wall-clock time that training may take, preparation included; plays no part where `steps` is given."""
    steps: int | None = None
    """Exactly so many: then the same keys and seed give the same bytes. None: what the time allows."""
    seed: int = 0
    crop_px: int = 128
    crops: int = 4
    rate: float = 1.5e-3
    strokes: bool = True
    """Random strokes as input; without them textures turn out as ringing at edges, so this is for comparison."""
    map_colours: bool = True
    """Colours by material and light, from `ColourMap`; without it one affine change of colours, for comparison."""
    hands: int = 3
    """Random stroke fields for each key."""
    losses: Weights = field(default_factory=Weights)
    widths: Widths = field(default_factory=Widths)
    checkpoint_every: int = 100
    preview_every: int = 400
    early_stopping: bool = True
    device: str = "cpu"
    """"cpu" or "cuda"."""


@dataclass(frozen=True)
class Progress:
    """How far it is."""

    step: int
    share: float
    """Of the whole, 0..1."""
    loss: float
    """Smoothed."""
    elapsed_s: float
    preview: bytes | None = None
    """PNG: a part of each key beside what the network makes of it, now and then."""


@dataclass(frozen=True)
class Trained:
    """What training ends with."""

    weights: bytes
    """safetensors; `HousePainter` takes it."""
    lineage: Lineage
    loss: float
    stopped_early: bool
    identity: str
    """Of keys, settings and versions: its checkpoints go by it (`checkpoint.remove_checkpoints`)."""


def dataset_digest(examples: Sequence[Example]) -> str:
    """SHA-256 over the keys, in order."""
    return hashlib.sha256("".join(e.digest() for e in examples).encode()).hexdigest()


def device_named(name: str) -> torch.device:
    """Raises UsageError for a device that is not there."""
    if name == "cuda" and not torch.cuda.is_available():
        raise UsageError("There is no CUDA GPU that this PyTorch can use: train with the device cpu.")
    if name not in ("cpu", "cuda"):
        raise UsageError(f'There is no device "{name}": use cpu or cuda.')
    return torch.device(name)


def train(
    examples: Sequence[Example],
    settings: Settings | None = None,
    folder: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Trained:
    """Train a network on the examples.

    folder: for checkpoints; a call with the same keys and settings goes on from the newest one that is whole, and with
    `steps` given ends with the same bytes as if it had never stopped. progress: called after every ten steps. Raises
    UsageError for examples that nothing can be learnt from.
    """
    settings = settings or Settings()
    with repeatable(device_named(settings.device)):
        return _Training(examples, settings, folder, progress or (lambda p: None)).run()


@contextmanager
def repeatable(device: torch.device) -> Iterator[None]:
    """On a GPU, sums are added up in whatever order is fastest, and no two trainings are the same; in here they are.

    That costs a third of the speed. On the CPU it is so anyway.
    """
    before, warns = torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()
    if device.type == "cuda":
        # cuBLAS reads it when it starts.
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
        torch.use_deterministic_algorithms(True, warn_only=True)
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(before, warn_only=warns)


class _Training:
    def __init__(
        self, examples: Sequence[Example], settings: Settings, folder: Path | None, progress: Callable[[Progress], None]
    ) -> None:
        self.started = time.monotonic()
        self.settings, self.folder, self.tell = settings, folder, progress
        self.device = device_named(settings.device)
        self.examples = examples
        self.keys: Keys = keys_of(examples, settings.hands, settings.seed, self.device, settings.map_colours)
        self.crop = min(settings.crop_px, *(min(p.shape[1:]) // 4 * 4 for p in self.keys.paintings))
        self.network = self._fresh()
        self.critic = Critic(settings.seed).to(self.device)
        learnt = [p for p in self.network.parameters() if p.requires_grad]
        self.optimiser = torch.optim.Adam(learnt, settings.rate, BETAS)
        self.critic_optimiser = torch.optim.Adam(self.critic.parameters(), settings.rate / 2, CRITIC_BETAS)
        self.average = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.step, self.before_s, self.loss = 0, 0.0, math.nan
        self.best, self.best_share, self.ends_at = math.inf, 0.0, 1.0
        self._resume()

    # --- the loop -----------------------------------------------------------------------------------------------

    def run(self) -> Trained:
        while self.share < self.ends_at:
            self._one_step()
            self.step += 1
            if self.step % 10 == 0:
                self._watch()
                self.tell(Progress(self.step, self.share / self.ends_at, self.loss, self.elapsed_s, self._preview()))
            if self.folder is not None and self.step % self.settings.checkpoint_every == 0:
                write_checkpoint(self.folder, self._checkpoint())
        self.network.load_state_dict(self.average)
        lineage = self._lineage()
        return Trained(weights_bytes(self.network, lineage), lineage, self.loss, self.ends_at < 1, self._identity())

    @property
    def elapsed_s(self) -> float:
        """Seconds of training, earlier runs included."""
        return self.before_s + time.monotonic() - self.started

    @property
    def share(self) -> float:
        """How much of the training is done: by steps where they are given, else by time."""
        if self.settings.steps is not None:
            return self.step / max(self.settings.steps, 1)
        return self.elapsed_s / (self.settings.minutes * 60)

    def _one_step(self) -> None:
        s = self.settings
        generator = torch.Generator().manual_seed(s.seed * 1_000_003 + self.step)
        inputs, wanted, matter = self.keys.crops(s.crops, self.crop, generator)
        if not s.strokes:
            inputs[:, RANDOM_FROM:] = 0
        rate = self._rate()
        for optimiser, scale in ((self.optimiser, 1.0), (self.critic_optimiser, 0.5)):
            optimiser.param_groups[0]["lr"] = rate * scale
        made = self.network(inputs)
        w = s.losses
        loss = w.pixel * pixel_loss(made, wanted, matter) + w.afar * afar_loss(made, wanted, matter)
        if w.texture > 0:
            loss = loss + w.texture * texture_loss(made, wanted, fresh_bank(generator), generator)
        plain = float(loss.detach())
        if w.adversary > 0:
            self.critic.requires_grad_(False)
            loss = loss + w.adversary * painter_loss(self.critic, made)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), CLIP)
        self.optimiser.step()
        if w.adversary > 0:
            self.critic.requires_grad_(True)
            self.critic_optimiser.zero_grad(set_to_none=True)
            critic_loss(self.critic, made.detach(), wanted).backward()
            self.critic_optimiser.step()
        keep = min(AVERAGE, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                self.average[name].lerp_(value, 1 - keep)
        self.loss = plain if math.isnan(self.loss) else 0.99 * self.loss + 0.01 * plain

    def _rate(self) -> float:
        """Warms up, holds, and falls to nothing at the end, wherever that is."""
        left = (self.ends_at - self.share) / (COOL_DOWN if self.ends_at == 1 else SHORT_COOL_DOWN)
        return self.settings.rate * min(1.0, (self.step + 1) / 30, max(left, 0.01))

    def _watch(self) -> None:
        """Early stopping."""
        if self.loss < self.best * (1 - LEAST_GAIN):
            self.best, self.best_share = self.loss, self.share
        if self.settings.early_stopping and self.ends_at == 1.0 and self.share - self.best_share > PATIENCE:
            self.ends_at = min(1.0, self.share + SHORT_COOL_DOWN)

    # --- beginning, going on, ending ----------------------------------------------------------------------------

    def _fresh(self) -> HouseNetwork:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.settings.seed)
            network = HouseNetwork(self.settings.widths)
        network.colours.load_state_dict(self.keys.colours.state_dict())
        return network.to(self.device)

    def _identity(self) -> str:
        return hashlib.sha256(
            json.dumps(
                [NETWORK_VERSION, dataset_digest(self.examples), asdict(self.settings), torch.__version__]
            ).encode()
        ).hexdigest()

    def _checkpoint(self) -> Checkpoint:
        facts = {
            "identity": self._identity(), "step": self.step, "elapsed_s": self.elapsed_s, "loss": self.loss,
            "best": self.best, "best_share": self.best_share, "ends_at": self.ends_at,
        }  # fmt: skip
        return Checkpoint(
            facts, self.network.state_dict(), self.average, self.critic.state_dict(),
            self.optimiser.state_dict(), self.critic_optimiser.state_dict(),
        )  # fmt: skip

    def _resume(self) -> None:
        found = None if self.folder is None else newest_checkpoint(self.folder, self._checkpoint())
        if found is None:
            return
        self.network.load_state_dict(found.network)
        self.critic.load_state_dict(found.critic)
        self.optimiser.load_state_dict(found.optimiser)
        self.critic_optimiser.load_state_dict(found.critic_optimiser)
        self.average = {k: v.clone().to(self.device) for k, v in found.average.items()}
        f = found.facts
        self.step, self.before_s, self.loss = int(f["step"]), float(f["elapsed_s"]), float(f["loss"])
        self.best, self.best_share, self.ends_at = float(f["best"]), float(f["best_share"]), float(f["ends_at"])

    def _lineage(self) -> Lineage:
        s = self.settings
        seconds = 0.0 if s.steps is not None else round(self.elapsed_s, 1)
        return Lineage(
            dataset_digest(self.examples), tuple(e.digest() for e in self.examples),
            tuple(e.name for e in self.examples), self.keys.rule, s.seed, self.step, seconds,
            json.dumps(asdict(s), sort_keys=True), s.strokes,
        )  # fmt: skip

    def _preview(self) -> bytes | None:
        if self.step % self.settings.preview_every:
            return None
        network = HouseNetwork(self.settings.widths).to(self.device)
        network.load_state_dict(self.average)
        rows = [_beside(network, f[0], p) for f, p in zip(self.keys.features, self.keys.paintings, strict=True)]
        width = min(r.shape[1] for r in rows)
        return encode_png(np.ascontiguousarray(np.concatenate([r[:, :width] for r in rows])))


@torch.no_grad()
def _beside(network: HouseNetwork, features: Tensor, painting: Tensor, size: int = 192) -> U8:
    """The middle of a key: painting, and what the network makes of it."""
    height, width = painting.shape[1:]
    h, w = min(size, height) // 4 * 4, min(size, width) // 4 * 4
    y, x = (height - h) // 2, (width - w) // 2
    made = network(features[None, :, y : y + h, x : x + w].to(torch.float32))[0]
    both = torch.cat([painting[:, y : y + h, x : x + w], made], 2).clamp(0, 1)
    return (both.permute(1, 2, 0).cpu().numpy() * 255 + 0.5).astype(np.uint8)
