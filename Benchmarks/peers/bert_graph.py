"""The ONNX graph of a BERT encoder as a standard exporter lays it out: one plain operator for each
operation of the model, nothing fused. ONNX Runtime is left to optimise it at its default level.
"""

import json
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def read_safetensors(path):
    """The tensors of a safetensors file of float32 and int64 tensors, by name."""
    data = pathlib.Path(path).read_bytes()
    header_size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + header_size])
    body = memoryview(data)[8 + header_size :]
    types = {"F32": np.float32, "I64": np.int64}
    return {
        name: np.frombuffer(body[slice(*entry["data_offsets"])], types[entry["dtype"]]).reshape(
            entry["shape"]
        )
        for name, entry in header.items()
        if name != "__metadata__"
    }


class Graph:
    """Nodes and constants in the order in which they are added."""

    def __init__(self, weights):
        self.weights = weights
        self.nodes = []
        self.constants = {}

    def constant(self, name, array):
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def scalar(self, value):
        return self.constant(f"scalar_{value}", np.array(value, np.float32))

    def shape(self, *sizes):
        return self.constant(f"shape_{sizes}", np.array(sizes, np.int64))

    def add(self, operator, *inputs, **attributes):
        output = f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [output], **attributes))
        return output

    def linear(self, x, name):
        weight = self.constant(name + ".weight.T", self.weights[name + ".weight"].T)
        bias = self.constant(name + ".bias", self.weights[name + ".bias"])
        return self.add("Add", bias, self.add("MatMul", x, weight))

    def layer_norm(self, x, name, epsilon):
        return self.add(
            "LayerNormalization",
            x,
            self.constant(name + ".weight", self.weights[name + ".weight"]),
            self.constant(name + ".bias", self.weights[name + ".bias"]),
            axis=-1,
            epsilon=epsilon,
        )

    def gelu(self, x):
        erf = self.add("Erf", self.add("Div", x, self.scalar(float(np.sqrt(2)))))
        half = self.add("Mul", x, self.add("Add", erf, self.scalar(1.0)))
        return self.add("Mul", half, self.scalar(0.5))


def build(folder):
    """The serialised model of a sentence-transformers folder; its output is last_hidden_state."""
    folder = pathlib.Path(folder)
    config = json.loads((folder / "config.json").read_text())
    hidden, heads = config["hidden_size"], config["num_attention_heads"]
    size, epsilon = hidden // heads, config["layer_norm_eps"]
    graph = Graph(read_safetensors(folder / "model.safetensors"))

    def embedding(name, ids):
        table = graph.constant(name, graph.weights[f"embeddings.{name}.weight"])
        return graph.add("Gather", table, ids)

    length = graph.add("Gather", graph.add("Shape", "input_ids"), graph.shape(1))
    all_positions = np.arange(config["max_position_embeddings"], dtype=np.int64)[None]
    positions = graph.add(
        "Slice",
        graph.constant("position_ids", all_positions),
        graph.shape(0),
        length,
        graph.shape(1),
    )
    x = graph.add(
        "Add",
        embedding("word_embeddings", "input_ids"),
        embedding("token_type_embeddings", "token_type_ids"),
    )
    x = graph.add("Add", x, embedding("position_embeddings", positions))
    x = graph.layer_norm(x, "embeddings.LayerNorm", epsilon)

    mask = graph.add("Unsqueeze", "attention_mask", graph.shape(1, 2))
    mask = graph.add("Cast", mask, to=TensorProto.FLOAT)
    mask = graph.add("Sub", graph.scalar(1.0), mask)
    mask = graph.add("Mul", mask, graph.scalar(float(np.finfo(np.float32).min)))

    for layer in range(config["num_hidden_layers"]):
        name = f"encoder.layer.{layer}."

        def split(part):
            y = graph.linear(x, f"{name}attention.self.{part}")
            y = graph.add("Reshape", y, graph.shape(0, 0, heads, size))
            return graph.add("Transpose", y, perm=[0, 2, 1, 3])

        query, key, value = split("query"), split("key"), split("value")
        scores = graph.add("MatMul", query, graph.add("Transpose", key, perm=[0, 1, 3, 2]))
        scores = graph.add("Div", scores, graph.scalar(float(np.sqrt(size))))
        shares = graph.add("Softmax", graph.add("Add", scores, mask), axis=-1)
        context = graph.add("Transpose", graph.add("MatMul", shares, value), perm=[0, 2, 1, 3])
        context = graph.add("Reshape", context, graph.shape(0, 0, hidden))
        y = graph.add("Add", graph.linear(context, name + "attention.output.dense"), x)
        x = graph.layer_norm(y, name + "attention.output.LayerNorm", epsilon)
        y = graph.gelu(graph.linear(x, name + "intermediate.dense"))
        y = graph.add("Add", graph.linear(y, name + "output.dense"), x)
        x = graph.layer_norm(y, name + "output.LayerNorm", epsilon)

    graph.nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"]))
    inputs = [
        helper.make_tensor_value_info(input, TensorProto.INT64, ["batch", "length"])
        for input in ("input_ids", "attention_mask", "token_type_ids")
    ]
    output = helper.make_tensor_value_info(
        "last_hidden_state", TensorProto.FLOAT, ["batch", "length", hidden]
    )
    model = helper.make_model(
        helper.make_graph(
            graph.nodes, "bert", inputs, [output], list(graph.constants.values())
        ),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )
    onnx.checker.check_model(model)
    return model.SerializeToString()
