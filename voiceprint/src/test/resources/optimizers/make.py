"""Makes optimizers.safetensors: weights after each of some steps of PyTorch's optimisers.

Run with a Python that has torch: python make.py. Gradients are given, so that only the arithmetic of
the optimisers is compared; the learning rate changes from step to step, as schedules do.
"""

import json
import struct

import torch

STEPS = 12
CASES = {
    "adam": lambda p: torch.optim.Adam(p, lr=1.0),
    "adam_decay": lambda p: torch.optim.Adam(p, lr=1.0, weight_decay=0.05, betas=(0.8, 0.95), eps=1e-4),
    "adamw": lambda p: torch.optim.AdamW(p, lr=1.0, weight_decay=0.05),
    "sgd": lambda p: torch.optim.SGD(p, lr=1.0, weight_decay=0.05),
    "sgd_momentum": lambda p: torch.optim.SGD(p, lr=1.0, weight_decay=0.05, momentum=0.9),
    "sgd_nesterov": lambda p: torch.optim.SGD(p, lr=1.0, weight_decay=0.05, momentum=0.9, nesterov=True),
}


def main():
    torch.manual_seed(11)
    start = torch.randn(3, 5)
    gradients = torch.randn(STEPS, 3, 5)
    rates = torch.tensor([0.01 * (1 + (i * 7) % 5) for i in range(STEPS)])
    tensors = {"start": start, "gradients": gradients, "rates": rates}
    for name, make in CASES.items():
        weight = torch.nn.Parameter(start.clone())
        optimizer = make([weight])
        seen = []
        for step in range(STEPS):
            for group in optimizer.param_groups:
                group["lr"] = float(rates[step])
            weight.grad = gradients[step].clone()
            optimizer.step()
            seen.append(weight.detach().clone())
        tensors[name] = torch.stack(seen)
    write("optimizers.safetensors", tensors)


def write(path, tensors):
    header = {"__metadata__": {"torch": torch.__version__, "made_by": "make.py"}}
    data = b""
    for name, tensor in tensors.items():
        raw = tensor.float().contiguous().numpy().tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    main()
