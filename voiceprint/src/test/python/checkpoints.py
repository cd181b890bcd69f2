"""Writes checkpoints with torch.save for the tests of importing, and what they give.

An own formulation of the networks and features that SpeechBrain, WeSpeaker, 3D-Speaker and
VoiceprintRecognition-Pytorch publish weights for, in double precision and small. Run with PyTorch
2 and the safetensors package: python checkpoints.py
"""

import collections
import math
import os
import pathlib

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

torch.manual_seed(11)
torch.set_default_dtype(torch.float64)
BINS, WIDTH, JOINED, HIDDEN, SQUEEZE, SIZE, SCALE = 24, 16, 24, 8, 8, 8, 4
DILATIONS = [2, 3, 4]


def waveform():
    seconds, rate = 1.3, 16000
    time = torch.arange(int(seconds * rate)) / rate
    pitch = 130 + 20 * torch.sin(2 * math.pi * 1.5 * time)
    phase = 2 * math.pi * torch.cumsum(pitch, 0) / rate
    voice = sum(torch.sin(k * phase) / k for k in range(1, 20))
    loudness = 0.12 * (0.4 + torch.sin(2 * math.pi * 3 * time).clamp(0, 1))
    return (voice * loudness + 0.003 * torch.randn(time.shape)).clamp(-1, 1).float().double()


def mel(hertz):
    return 2595 * math.log10(1 + hertz / 700)


def hertz(mels):
    return 700 * (10 ** (mels / 2595) - 1)


def speechbrain_features(x):
    n = 400
    window = torch.hamming_window(n, periodic=True)
    padded = F.pad(x, (n // 2, n // 2))
    frames = padded.unfold(0, n, 160) * window
    power = torch.fft.rfft(frames, n).abs() ** 2
    points = hertz(torch.linspace(mel(0), mel(8000), BINS + 2))
    axis = torch.linspace(0, 8000, n // 2 + 1)
    bank = torch.zeros(n // 2 + 1, BINS)
    for m in range(BINS):
        width = points[m + 1] - points[m]
        bank[:, m] = (1 - ((axis - points[m + 1]) / width).abs()).clamp(min=0)
    decibels = 10 * torch.log10((power @ bank).clamp(min=1e-10))
    return torch.maximum(decibels, decibels.max() - 80)


def kaldi_features(x, scale, kind):
    n, fft = 400, 512
    frames = (x * scale).unfold(0, n, 160)
    frames = frames - frames.mean(1, keepdim=True)
    before = torch.cat([frames[:, :1], frames[:, :-1]], 1)
    frames = frames - 0.97 * before
    phase = 2 * math.pi * torch.arange(n) / (n - 1)
    if kind == "hamming":
        window = 0.54 - 0.46 * torch.cos(phase)
    else:
        window = (0.5 - 0.5 * torch.cos(phase)) ** 0.85
    power = torch.fft.rfft(frames * window, fft).abs() ** 2
    log_mel = lambda f: 1127 * math.log(1 + f / 700)
    low, high = log_mel(20), log_mel(8000)
    step = (high - low) / (BINS + 1)
    bank = torch.zeros(fft // 2 + 1, BINS)
    for b in range(fft // 2):
        at = log_mel(b * 16000 / fft)
        for m in range(BINS):
            left = low + m * step
            bank[b, m] = max(0, min((at - left) / step, (left + 2 * step - at) / step))
    return (power @ bank).clamp(min=torch.finfo(torch.float32).eps).log()


def random_weights(shapes):
    weights = collections.OrderedDict()
    for name, shape in shapes:
        if name.endswith("running_var") or (len(shape) == 1 and name.endswith("weight")):
            weights[name] = torch.rand(shape) + 0.5
        elif name.endswith("num_batches_tracked"):
            weights[name] = torch.tensor(7)
        else:
            fan = math.prod(shape[1:]) if len(shape) > 1 else 10
            weights[name] = torch.randn(shape) / math.sqrt(fan)
    return weights


def convolution(name, out, inputs, kernel):
    return [(name + ".weight", (out, inputs, kernel)), (name + ".bias", (out,))]


def linear(name, out, inputs):
    return [(name + ".weight", (out, inputs)), (name + ".bias", (out,))]


def norm(name, size):
    parts = ["weight", "bias", "running_mean", "running_var"]
    return [(f"{name}.{p}", (size,)) for p in parts] + [(name + ".num_batches_tracked", ())]


def apply_norm(w, name, x):
    shape = (1, -1, 1) if x.dim() == 3 else (1, -1)
    g, b, m, v = (
        w[f"{name}.{p}"].view(shape) for p in ["weight", "bias", "running_mean", "running_var"]
    )
    return (x - m) / torch.sqrt(v + 1e-5) * g + b


def deviations(x, weights, least):
    mean = (weights * x).sum(2, keepdim=True)
    variance = (weights * (x - mean) ** 2).sum(2)
    return mean.squeeze(2), variance.clamp(min=least).sqrt()


# SpeechBrain's names, which 3D-Speaker and VoiceprintRecognition-Pytorch share.


def brain_block(name, out, inputs, kernel):
    return convolution(name + ".conv.conv", out, inputs, kernel) + norm(name + ".norm.norm", out)


def brain_shapes():
    shapes = brain_block("blocks.0", WIDTH, BINS, 5)
    group = WIDTH // SCALE
    for i in (1, 2, 3):
        shapes += brain_block(f"blocks.{i}.tdnn1", WIDTH, WIDTH, 1)
        for j in range(SCALE - 1):
            shapes += brain_block(f"blocks.{i}.res2net_block.blocks.{j}", group, group, 3)
        shapes += brain_block(f"blocks.{i}.tdnn2", WIDTH, WIDTH, 1)
        shapes += convolution(f"blocks.{i}.se_block.conv1.conv", SQUEEZE, WIDTH, 1)
        shapes += convolution(f"blocks.{i}.se_block.conv2.conv", WIDTH, SQUEEZE, 1)
    shapes += brain_block("mfa", JOINED, 3 * WIDTH, 1)
    shapes += brain_block("asp.tdnn", HIDDEN, 3 * JOINED, 1)
    shapes += convolution("asp.conv.conv", JOINED, HIDDEN, 1)
    shapes += norm("asp_bn.norm", 2 * JOINED)
    return shapes + convolution("fc.conv", SIZE, 2 * JOINED, 1)


def brain_convolution(w, name, x, dilation=1):
    weight = w[name + ".weight"]
    pad = dilation * (weight.shape[2] - 1) // 2
    padded = F.pad(x, (pad, pad), mode="reflect") if pad else x
    return F.conv1d(padded, weight, w[name + ".bias"], dilation=dilation)


def brain_layer(w, name, x, dilation=1):
    y = brain_convolution(w, name + ".conv.conv", x, dilation)
    return apply_norm(w, name + ".norm.norm", y.relu())


def brain_network(w, features):
    x = brain_layer(w, "blocks.0", features.T[None])
    results = []
    for i, dilation in zip((1, 2, 3), DILATIONS):
        name = f"blocks.{i}"
        y = brain_layer(w, name + ".tdnn1", x)
        groups = list(y.chunk(SCALE, 1))
        for j in range(1, SCALE):
            seen = groups[j] if j == 1 else groups[j] + groups[j - 1]
            groups[j] = brain_layer(w, f"{name}.res2net_block.blocks.{j - 1}", seen, dilation)
        y = brain_layer(w, name + ".tdnn2", torch.cat(groups, 1))
        s = brain_convolution(w, name + ".se_block.conv1.conv", y.mean(2, keepdim=True)).relu()
        s = brain_convolution(w, name + ".se_block.conv2.conv", s).sigmoid()
        x = x + y * s
        results.append(x)
    x = brain_layer(w, "mfa", torch.cat(results, 1))
    even = torch.full_like(x[:, :1], 1 / x.shape[2])
    mean, deviation = deviations(x, even, 1e-12)
    context = [s[:, :, None].expand_as(x) for s in (mean, deviation)]
    attention = brain_layer(w, "asp.tdnn", torch.cat([x] + context, 1)).tanh()
    attention = brain_convolution(w, "asp.conv.conv", attention).softmax(2)
    pooled = apply_norm(w, "asp_bn.norm", torch.cat(deviations(x, attention, 1e-12), 1))
    return brain_convolution(w, "fc.conv", pooled[:, :, None])[0, :, 0]


# WeSpeaker's names and conventions.


def speaker_block(name, out, inputs, kernel):
    return convolution(name + ".conv", out, inputs, kernel) + norm(name + ".bn", out)


def speaker_shapes(context, last_norm):
    shapes = speaker_block("layer1", WIDTH, BINS, 5)
    group = WIDTH // SCALE
    for i in (2, 3, 4):
        inside = f"layer{i}.se_res2block"
        shapes += speaker_block(inside + ".0", WIDTH, WIDTH, 1)
        for j in range(SCALE - 1):
            shapes += convolution(f"{inside}.1.convs.{j}", group, group, 3)
        for j in range(SCALE - 1):
            shapes += norm(f"{inside}.1.bns.{j}", group)
        shapes += speaker_block(inside + ".2", WIDTH, WIDTH, 1)
        shapes += linear(inside + ".3.linear1", SQUEEZE, WIDTH)
        shapes += linear(inside + ".3.linear2", WIDTH, SQUEEZE)
    shapes += convolution("conv", JOINED, 3 * WIDTH, 1)
    shapes += convolution("pool.linear1", HIDDEN, (3 if context else 1) * JOINED, 1)
    shapes += convolution("pool.linear2", JOINED, HIDDEN, 1)
    shapes += norm("bn", 2 * JOINED) + linear("linear", SIZE, 2 * JOINED)
    return shapes + (norm("bn2", SIZE) if last_norm else [])


def speaker_convolution(w, name, x, dilation=1):
    weight = w[name + ".weight"]
    pad = dilation * (weight.shape[2] - 1) // 2
    return F.conv1d(x, weight, w[name + ".bias"], padding=pad, dilation=dilation)


def speaker_layer(w, name, x):
    return apply_norm(w, name + ".bn", speaker_convolution(w, name + ".conv", x).relu())


def speaker_network(w, features):
    x = speaker_layer(w, "layer1", features.T[None])
    results = []
    for i, dilation in zip((2, 3, 4), DILATIONS):
        inside = f"layer{i}.se_res2block"
        y = speaker_layer(w, inside + ".0", x)
        groups = list(y.chunk(SCALE, 1))
        for j in range(SCALE - 1):
            seen = groups[j] if j == 0 else groups[j] + groups[j - 1]
            filtered = speaker_convolution(w, f"{inside}.1.convs.{j}", seen, dilation).relu()
            groups[j] = apply_norm(w, f"{inside}.1.bns.{j}", filtered)
        y = speaker_layer(w, inside + ".2", torch.cat(groups, 1))
        s = F.linear(y.mean(2), w[inside + ".3.linear1.weight"], w[inside + ".3.linear1.bias"])
        s = F.linear(s.relu(), w[inside + ".3.linear2.weight"], w[inside + ".3.linear2.bias"])
        x = x + y * s.sigmoid()[:, :, None]
        results.append(x)
    x = speaker_convolution(w, "conv", torch.cat(results, 1)).relu()
    seen = x
    if w["pool.linear1.weight"].shape[1] > JOINED:
        mean = x.mean(2, keepdim=True).expand_as(x)
        deviation = (x.var(2, keepdim=True) + 1e-7).sqrt().expand_as(x)
        seen = torch.cat([x, mean, deviation], 1)
    attention = speaker_convolution(w, "pool.linear1", seen).tanh()
    attention = speaker_convolution(w, "pool.linear2", attention).softmax(2)
    pooled = apply_norm(w, "bn", torch.cat(deviations(x, attention, 1e-7), 1))
    y = F.linear(pooled, w["linear.weight"], w["linear.bias"])
    return (apply_norm(w, "bn2", y) if "bn2.weight" in w else y)[0]


# ResNet, which WeSpeaker and 3D-Speaker name alike.


def resnet_shapes(planes, blocks):
    shapes = [("conv1.weight", (planes, 1, 3, 3))] + norm("bn1", planes)
    inputs = planes
    for stage, count in enumerate(blocks):
        out = planes * 2**stage
        for i in range(count):
            name = f"layer{stage + 1}.{i}"
            shapes += [(name + ".conv1.weight", (out, inputs, 3, 3))]
            shapes += norm(name + ".bn1", out)
            shapes += [(name + ".conv2.weight", (out, out, 3, 3))]
            shapes += norm(name + ".bn2", out)
            if inputs != out:
                shapes += [(name + ".shortcut.0.weight", (out, inputs, 1, 1))]
                shapes += norm(name + ".shortcut.1", out)
            inputs = out
    return shapes + linear("seg_1", SIZE, 2 * inputs * BINS // 8)


def image_layer(w, convolution_name, norm_name, x, stride=1):
    weight = w[convolution_name + ".weight"]
    y = F.conv2d(x, weight, stride=stride, padding=weight.shape[2] // 2)
    flat = apply_norm(w, norm_name, y.flatten(2))
    return flat.view(y.shape)


def resnet(w, features, blocks):
    x = image_layer(w, "conv1", "bn1", features.T[None, None]).relu()
    for stage, count in enumerate(blocks):
        for i in range(count):
            name = f"layer{stage + 1}.{i}"
            stride = 2 if stage and not i else 1
            y = image_layer(w, name + ".conv1", name + ".bn1", x, stride).relu()
            y = image_layer(w, name + ".conv2", name + ".bn2", y)
            if name + ".shortcut.0.weight" in w:
                x = image_layer(w, name + ".shortcut.0", name + ".shortcut.1", x, stride)
            x = (x + y).relu()
    statistics = torch.cat([x.mean(3), (x.var(3) + 1e-7).sqrt()], 1).flatten(1)
    return F.linear(statistics, w["seg_1.weight"], w["seg_1.bias"])[0]


def save(name, weights, old_format=False):
    state = collections.OrderedDict(
        (k, v.float() if v.is_floating_point() else v) for k, v in weights.items()
    )
    # As torch.nn.Module.state_dict leaves it.
    state._metadata = collections.OrderedDict([("", {"version": 1})])
    torch.save(state, name, _use_new_zipfile_serialization=not old_format)
    return {k: v.double() for k, v in state.items()}


def centred(features):
    return features - features.mean(0, keepdim=True)


def main():
    x = waveform()
    reference = {"waveform": x[None]}

    weights = save("speechbrain.ckpt", random_weights(brain_shapes()))
    features = speechbrain_features(x)
    reference["speechbrain.features"] = features
    reference["speechbrain.embedding"] = brain_network(weights, centred(features))

    features = kaldi_features(x, 32768, "hamming")
    reference["wespeaker.features"] = features
    projection = [("projection.weight", (5, SIZE))]
    weights = save("wespeaker.pt", random_weights(speaker_shapes(True, False) + projection), True)
    reference["wespeaker.embedding"] = speaker_network(weights, centred(features))
    weights = save("wespeaker-plain.pt", random_weights(speaker_shapes(False, True)))
    reference["wespeaker-plain.embedding"] = speaker_network(weights, centred(features))

    weights = save("wespeaker-resnet.pt", random_weights(resnet_shapes(2, [1, 1, 2, 1])), True)
    reference["wespeaker-resnet.embedding"] = resnet(weights, centred(features), [1, 1, 2, 1])

    features = kaldi_features(x, 1, "povey")
    reference["3d-speaker.features"] = features
    weights = save("3d-speaker.bin", random_weights(brain_shapes()))
    reference["3d-speaker.embedding"] = brain_network(weights, centred(features))

    shapes = [("0." + n, s) for n, s in brain_shapes()] + [("1.weight", (5, SIZE))]
    weights = save("voiceprint-pytorch.pth", random_weights(shapes), True)
    weights = {n[2:]: v for n, v in weights.items() if n.startswith("0.")}
    reference["voiceprint-pytorch.embedding"] = brain_network(weights, centred(features))

    # Layouts of tensors: not contiguous, shared storage, expanded, other types.
    base = torch.arange(24, dtype=torch.float32)
    odd = collections.OrderedDict(
        transposed=base.view(4, 6).t(),
        part=base.view(4, 6)[1:3, 2:5],
        expanded=torch.tensor([2.5]).expand(2, 3),
        half=torch.tensor([1.5, -0.25], dtype=torch.float16),
        brain=torch.tensor([1.5, -0.25], dtype=torch.bfloat16),
        double=torch.tensor([[math.pi]], dtype=torch.float64),
        count=torch.tensor(7),
        parameter=torch.nn.Parameter(torch.ones(2, dtype=torch.float32)),
        empty=torch.zeros(0, 3, dtype=torch.float32),
    )
    torch.save({"state_dict": odd, "epoch": 3, "note": ["é", 1.5, None, True, 1 << 70]}, "odd.pt")
    torch.save(odd, "odd-old.pt", _use_new_zipfile_serialization=False)
    torch.save(odd, "odd-protocol-4.pt", pickle_protocol=4)
    save_file({k: v.float().contiguous() for k, v in reference.items()}, "reference.safetensors")


os.chdir(pathlib.Path(__file__).parents[1] / "resources" / "importing")
main()
