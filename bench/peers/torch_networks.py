"""PyTorch on small networks: seconds of a step, forward, backward and Adam, on random rows.

usage: torch_networks.py KIND THREADS STEPS
Debian's PyTorch takes its products from libblas, so install libopenblas0 beside it.
KIND is mlp (784-128-10), cnn (3×3 filters 16 and 32, pooling by 2, 128 units), both of batches of 128, or attention (a block of 64 tokens ×
64 channels × 4 heads with 256 units between, batches of 64, no step of an optimizer). Prints the least seconds of five turns.
"""
import sys, time
import torch
from torch import nn

kind, threads, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(1)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = nn.TransformerEncoderLayer(64, 4, 256, 0.0, "gelu", batch_first=True, norm_first=True)
        self.head = nn.Linear(64, 10)

    def forward(self, x):
        return self.head(self.block(x).mean(1))


if kind == "mlp":
    net, x = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)), torch.randn(128, 784)
elif kind == "cnn":
    net = nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(),
                        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1568, 128), nn.ReLU(), nn.Linear(128, 10))
    x = torch.randn(128, 1, 28, 28)
else:
    net, x = Block(), torch.randn(64, 64, 64)
y = torch.randint(0, 10, (x.shape[0],))
adam = None if kind == "attention" else torch.optim.Adam(net.parameters())
loss = nn.CrossEntropyLoss()


def step():
    net.zero_grad()
    loss(net(x), y).backward()
    if adam:
        adam.step()


for _ in range(3):
    step()
best = float("inf")
for _ in range(5):
    start = time.perf_counter()
    for _ in range(steps):
        step()
    best = min(best, (time.perf_counter() - start) / steps)
print(best)
