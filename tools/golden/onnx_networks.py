"""Small classifiers exported by PyTorch, with rows, labels and PyTorch's own softmax of the logits.

Run with Debian's python3-torch and python3-onnx: /usr/bin/python3 tools/golden/onnx_networks.py FOLDER
Writes NAME.onnx (logits, softmax and log-softmax outputs of opsets 11, 13 and 17, a dynamic batch, a fixed batch, two inputs, one sigmoid)
and rows.npz, two.npz.
"""
import sys

import numpy as np
import torch

folder = sys.argv[1]
torch.manual_seed(7)
n, d, k = 400, 6, 4


class Net(torch.nn.Module):
    def __init__(self, end, outputs=k):
        super().__init__()
        self.body = torch.nn.Sequential(torch.nn.Linear(d, 12), torch.nn.ReLU(), torch.nn.Linear(12, outputs))
        self.end = end

    def forward(self, x):
        z = 16 * self.body(x)
        return self.end(z) if self.end is not None else z


class Two(torch.nn.Module):
    def __init__(self, one):
        super().__init__()
        self.one = one

    def forward(self, numbers, more):
        return self.one(torch.cat([numbers, more], 1))


x = torch.randn(n, d)
net = Net(None)
with torch.no_grad():
    logits = net(x)
    labels = torch.distributions.Categorical(logits=logits / 2.5).sample()

for name, end in (("logits", None), ("softmax", torch.nn.Softmax(1)), ("log_softmax", torch.nn.LogSoftmax(1))):
    for opset in (11, 13, 17):
        net.end = end
        torch.onnx.export(net, x[:3], f"{folder}/{name}_{opset}.onnx", opset_version=opset, input_names=["x"],
                          output_names=["y"], dynamic_axes={"x": {0: "batch"}, "y": {0: "batch"}})

net.end = torch.nn.Softmax(1)
torch.onnx.export(net, x[:7], f"{folder}/fixed_batch.onnx", opset_version=13, input_names=["x"], output_names=["y"])
torch.onnx.export(Two(net), (x[:3, :2], x[:3, 2:]), f"{folder}/two_inputs.onnx", opset_version=13, input_names=["numbers", "more"],
                  output_names=["y"], dynamic_axes={"numbers": {0: "batch"}, "more": {0: "batch"}, "y": {0: "batch"}})
one = Net(torch.nn.Sigmoid(), 1)
with torch.no_grad():
    yes = torch.bernoulli(torch.sigmoid(16 * one.body(x)[:, 0] / 2)).long()
torch.onnx.export(one, x[:3], f"{folder}/sigmoid.onnx", opset_version=13, input_names=["x"], output_names=["y"],
                  dynamic_axes={"x": {0: "batch"}, "y": {0: "batch"}})
np.savez(f"{folder}/rows.npz", x=x.numpy(), labels=labels.numpy())
np.savez(f"{folder}/two.npz", numbers=x[:, :2].numpy(), more=x[:, 2:].numpy(), labels=labels.numpy())
np.savez(f"{folder}/yes.npz", x=x.numpy(), labels=yes.numpy())
