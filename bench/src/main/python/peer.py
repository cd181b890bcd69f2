"""The peer of `bench/run training`: filter banks, ECAPA-TDNN, additive angular margin and Adam.

Plain PyTorch as a Python program would have it. Reads a JSON object a line from standard input, does
what it asks for, and answers with one; files hold raw little-endian floats.
"""

import json
import math
import struct
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

RATE = 16000
MARGIN, SCALE = 0.2, 32.0


class Fbank:
    """Kaldi's log mel filter bank energies of a batch: [batch, samples] to [batch, frames, bins]."""

    LENGTH, HOP, FFT = 400, 160, 512

    def __init__(self, bins):
        self.window = torch.hann_window(self.LENGTH, periodic=False).pow(0.85) * 32768
        mel = lambda hertz: 1127 * math.log1p(hertz / 700)
        low, step = mel(20), (mel(RATE / 2) - mel(20)) / (bins + 1)
        at = torch.tensor([mel(RATE / self.FFT * k) for k in range(self.FFT // 2)])
        left = low + step * torch.arange(bins)
        up, down = (at[:, None] - left) / step, (left + 2 * step - at[:, None]) / step
        # The bin at the Nyquist frequency has no weight.
        self.banks = F.pad(torch.minimum(up, down).clamp(min=0), (0, 0, 0, 1))

    def __call__(self, waves):
        frames = waves.unfold(1, self.LENGTH, self.HOP)
        frames = frames - frames.mean(2, keepdim=True)
        frames = frames - 0.97 * F.pad(frames, (1, 0), mode="replicate")[..., :-1]
        power = torch.fft.rfft(frames * self.window, self.FFT).abs().square()
        return (power @ self.banks).clamp(min=torch.finfo(torch.float32).eps).log()


class Conv(nn.Module):
    """A convolution that mirrors the ends and keeps the number of frames."""

    def __init__(self, inputs, outputs, kernel=1, dilation=1):
        super().__init__()
        self.conv = nn.Conv1d(inputs, outputs, kernel, dilation=dilation)
        self.pad = dilation * (kernel - 1) // 2

    def forward(self, x):
        return self.conv(F.pad(x, (self.pad, self.pad), mode="reflect") if self.pad else x)


class Norm(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = nn.BatchNorm1d(channels)

    def forward(self, x):
        return self.norm(x)


class Tdnn(nn.Module):
    def __init__(self, inputs, outputs, kernel=1, dilation=1):
        super().__init__()
        self.conv = Conv(inputs, outputs, kernel, dilation)
        self.norm = Norm(outputs)

    def forward(self, x):
        return self.norm(F.relu(self.conv(x)))


class Res2Net(nn.Module):
    def __init__(self, channels, kernel, dilation, scale=8):
        super().__init__()
        width = channels // scale
        self.scale = scale
        self.blocks = nn.ModuleList(Tdnn(width, width, kernel, dilation) for _ in range(scale - 1))

    def forward(self, x):
        first, *others = x.chunk(self.scale, 1)
        outputs, before = [first], 0
        for block, part in zip(self.blocks, others):
            before = block(part + before)
            outputs.append(before)
        return torch.cat(outputs, 1)


class SqueezeExcitation(nn.Module):
    def __init__(self, channels, bottleneck=128):
        super().__init__()
        self.conv1, self.conv2 = Conv(channels, bottleneck), Conv(bottleneck, channels)

    def forward(self, x):
        return x * torch.sigmoid(self.conv2(F.relu(self.conv1(x.mean(2, keepdim=True)))))


class Block(nn.Module):
    def __init__(self, channels, kernel, dilation):
        super().__init__()
        self.tdnn1, self.tdnn2 = Tdnn(channels, channels), Tdnn(channels, channels)
        self.res2net_block = Res2Net(channels, kernel, dilation)
        self.se_block = SqueezeExcitation(channels)

    def forward(self, x):
        return x + self.se_block(self.tdnn2(self.res2net_block(self.tdnn1(x))))


class AttentiveStatistics(nn.Module):
    def __init__(self, channels, attention=128):
        super().__init__()
        self.tdnn, self.conv = Tdnn(3 * channels, attention), Conv(attention, channels)

    @staticmethod
    def statistics(x, weights):
        mean = (weights * x).sum(2, keepdim=True)
        variance = (weights * (x - mean).square()).sum(2, keepdim=True)
        return mean, variance.clamp(min=1e-12).sqrt()

    def forward(self, x):
        mean, deviation = self.statistics(x, torch.full_like(x[:1, :1], 1 / x.shape[2]))
        context = torch.cat([x, mean.expand_as(x), deviation.expand_as(x)], 1)
        weights = self.conv(torch.tanh(self.tdnn(context))).softmax(2)
        return torch.cat(self.statistics(x, weights), 1)


class Ecapa(nn.Module):
    """[batch, frames, bins] to [batch, embedding]."""

    def __init__(self, bins, channels, embedding):
        super().__init__()
        width = 3 * channels
        self.blocks = nn.ModuleList([Tdnn(bins, channels, 5)])
        self.blocks.extend(Block(channels, 3, dilation) for dilation in (2, 3, 4))
        self.mfa = Tdnn(width, width)
        self.asp = AttentiveStatistics(width)
        self.asp_bn = Norm(2 * width)
        self.fc = Conv(2 * width, embedding)

    def forward(self, x):
        x, outputs = self.blocks[0](x.transpose(1, 2)), []
        for block in self.blocks[1:]:
            x = block(x)
            outputs.append(x)
        x = self.asp_bn(self.asp(self.mfa(torch.cat(outputs, 1))))
        return self.fc(x).squeeze(2)


def angular_margin(cosines, labels):
    sine = (1 - cosines.square()).clamp(1e-12, 1).sqrt()
    larger = cosines * math.cos(MARGIN) - sine * math.sin(MARGIN)
    beyond = cosines - 1 - math.cos(math.pi - MARGIN)
    larger = torch.where(cosines > math.cos(math.pi - MARGIN), larger, beyond)
    own = F.one_hot(labels, cosines.shape[1]).to(cosines.dtype)
    return F.cross_entropy(SCALE * (own * larger + (1 - own) * cosines), labels)


def read_tensors(path):
    """A safetensors file as single precision."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        body = bytearray(file.read())
    types = {"F16": torch.float16, "F32": torch.float32}
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            flat = torch.frombuffer(body[start:end], dtype=types[entry["dtype"]])
            tensors[name] = flat.reshape(entry["shape"]).float()
    return tensors


def read_floats(path, *shape):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.float32).reshape(shape)


def resident_bytes():
    """Memory in use, or null where the system does not say."""
    try:
        with open("/proc/self/status") as status:
            line = next(line for line in status if line.startswith("VmRSS"))
            return int(line.split()[1]) * 1024
    except OSError:
        return None


class Peer:
    def __init__(self, setup):
        torch.set_num_threads(setup["threads"])
        torch.manual_seed(1)
        self.batch, self.samples = setup["batch"], setup["samples"]
        self.features = Fbank(setup["bins"])
        self.network = Ecapa(setup["bins"], setup["channels"], setup["embedding"])
        self.directions = nn.Parameter(torch.empty(setup["speakers"], setup["embedding"]))
        nn.init.xavier_uniform_(self.directions)
        self.optimizer = torch.optim.Adam(
            [*self.network.parameters(), self.directions], lr=1e-3, weight_decay=1e-5
        )
        self.clips = 0.1 * torch.randn(setup["speakers"], setup["clip_samples"])

    def draw(self):
        labels = torch.randint(len(self.clips), (self.batch,))
        starts = torch.randint(self.clips.shape[1] - self.samples + 1, (self.batch,)).tolist()
        crops = [self.clips[k, s : s + self.samples] for k, s in zip(labels.tolist(), starts)]
        return torch.stack(crops), labels

    def centred(self, waves):
        frames = self.features(waves)
        return frames - frames.mean(1, keepdim=True)

    def train(self, steps):
        self.network.train()
        start, processor = time.perf_counter(), time.process_time()
        for _ in range(steps):
            waves, labels = self.draw()
            with torch.no_grad():
                frames = self.centred(waves)
            vectors = self.network(frames)
            cosines = F.normalize(vectors) @ F.normalize(self.directions).T
            loss = angular_margin(cosines, labels)
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            value = loss.item()
        seconds = time.perf_counter() - start
        crops = steps * self.batch
        millis = 1000 * (time.process_time() - processor) / crops
        return {"per_second": crops / seconds, "processor_millis": millis, "loss": value}

    def extract(self, wave, batch):
        self.held = read_floats(wave, batch, -1)
        with torch.no_grad():
            return {"values": self.features(self.held).flatten().tolist()}

    def extract_again(self):
        """The same without the answer, for timing."""
        with torch.no_grad():
            self.features(self.held)
        return {}

    def embed(self, weights, wave, batch):
        """Takes weights over, and says what they make of some waveforms."""
        missing, unexpected = self.network.load_state_dict(read_tensors(weights), strict=False)
        missing = [name for name in missing if not name.endswith("num_batches_tracked")]
        if missing or unexpected:
            raise ValueError(f"missing weights {missing}, unexpected ones {unexpected}")
        self.network.eval()
        with torch.no_grad():
            vectors = self.network(self.centred(read_floats(wave, batch, -1)))
        return {"values": F.normalize(vectors).flatten().tolist()}

    def memory(self):
        return {"resident": resident_bytes()}


def main():
    peer = Peer(json.loads(sys.stdin.readline()))
    print(json.dumps({"torch": torch.__version__}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        answer = getattr(peer, request.pop("do"))(**request)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
