"""Writes what PyTorch and torchaudio give for arguments that few configurations set.

    python3 voiceprint/src/test/python/references.py voiceprint/src/test/resources/reference

Made with PyTorch 2.7.1 and torchaudio 2.7.1 on a CPU. The metadata of each file holds, for every
tensor, the method and its arguments as a configuration has them.
"""

import json
import struct
import sys
from pathlib import Path

import torch
import torchaudio
from torchaudio.compliance import kaldi

RATE = 16000

FEATURES = {
    "spectrogram_defaults": ("Spectrogram", {}),
    "spectrogram_magnitude": ("Spectrogram", {"n_fft": 256, "power": 1.0}),
    "spectrogram_cubed": ("Spectrogram", {"n_fft": 128, "power": 3.0}),
    "spectrogram_window_norm": ("Spectrogram", {"n_fft": 256, "win_length": 200, "normalized": True}),
    "spectrogram_length_norm": ("Spectrogram", {"n_fft": 256, "normalized": "frame_length"}),
    "spectrogram_snipped": ("Spectrogram", {"n_fft": 256, "hop_length": 100, "center": False}),
    "spectrogram_constant": ("Spectrogram", {"n_fft": 256, "pad_mode": "constant"}),
    "spectrogram_replicate": ("Spectrogram", {"n_fft": 256, "pad_mode": "replicate", "pad": 30}),
    "spectrogram_circular": ("Spectrogram", {"n_fft": 255, "hop_length": 90, "pad_mode": "circular"}),
    "spectrogram_two_sided": ("Spectrogram", {"n_fft": 64, "onesided": False}),
    "spectrogram_two_sided_odd": ("Spectrogram", {"n_fft": 65, "onesided": False}),
    "spectrogram_hamming": (
        "Spectrogram",
        {"n_fft": 128, "window_fn": "hamming_window", "wkwargs": {"periodic": True, "alpha": 0.6, "beta": 0.4}},
    ),
    "spectrogram_blackman": (
        "Spectrogram",
        {"n_fft": 128, "window_fn": "blackman_window", "wkwargs": {"periodic": False}},
    ),
    "spectrogram_bartlett": ("Spectrogram", {"n_fft": 128, "window_fn": "bartlett_window"}),
    "spectrogram_kaiser": (
        "Spectrogram",
        {"n_fft": 128, "window_fn": "kaiser_window", "wkwargs": {"periodic": True, "beta": 9.0}},
    ),
    "mel_slaney": ("MelSpectrogram", {"n_mels": 40, "mel_scale": "slaney", "norm": "slaney"}),
    "mel_area": ("MelSpectrogram", {"n_mels": 40, "norm": "slaney", "f_min": 100.0, "f_max": 7000.0}),
    "mel_magnitude": ("MelSpectrogram", {"n_mels": 40, "power": 1.0, "normalized": True}),
    "mel_rate": (
        "MelSpectrogram",
        {"sample_rate": 8000, "n_fft": 512, "win_length": 300, "hop_length": 120, "n_mels": 30},
    ),
    "mfcc_defaults": ("MFCC", {}),
    "mfcc_logarithm": ("MFCC", {"n_mfcc": 20, "log_mels": True, "melkwargs": {"n_mels": 40}}),
    "mfcc_plain_transform": ("MFCC", {"n_mfcc": 20, "norm": None, "melkwargs": {"n_mels": 40}}),
    "fbank_defaults": ("Fbank", {}),
    "fbank_hamming": ("Fbank", {"window_type": "hamming", "num_mel_bins": 30}),
    "fbank_hanning": ("Fbank", {"window_type": "hanning", "preemphasis_coefficient": 0.0}),
    "fbank_rectangular": ("Fbank", {"window_type": "rectangular", "remove_dc_offset": False}),
    "fbank_blackman": ("Fbank", {"window_type": "blackman", "blackman_coeff": 0.4}),
    "fbank_band": ("Fbank", {"low_freq": 100.0, "high_freq": -400.0}),
    "fbank_frames": ("Fbank", {"frame_length": 20.0, "frame_shift": 7.5}),
    "fbank_unrounded": ("Fbank", {"round_to_power_of_two": False}),
    "fbank_edges": ("Fbank", {"snip_edges": False}),
    "fbank_sparse_edges": ("Fbank", {"snip_edges": False, "frame_length": 10.0, "frame_shift": 25.0}),
    "fbank_energy": ("Fbank", {"use_energy": True}),
    "fbank_windowed_energy": (
        "Fbank",
        {"use_energy": True, "raw_energy": False, "htk_compat": True, "energy_floor": 0.0},
    ),
    "fbank_energy_floor": ("Fbank", {"use_energy": True, "energy_floor": 1e9}),
    "fbank_magnitude": ("Fbank", {"use_power": False}),
    "fbank_linear": ("Fbank", {"use_log_fbank": False}),
    "fbank_centred": ("Fbank", {"subtract_mean": True}),
    "fbank_longer_tract": ("Fbank", {"vtln_warp": 1.15}),
    "fbank_shorter_tract": (
        "Fbank",
        {"vtln_warp": 0.9, "vtln_low": 200.0, "vtln_high": 7000.0},
    ),
    "fbank_rate": ("Fbank", {"sample_frequency": 8000.0}),
    "kaldi_mfcc_energy": ("KaldiMfcc", {"use_energy": True, "num_ceps": 10}),
    "kaldi_mfcc_htk": ("KaldiMfcc", {"htk_compat": True, "cepstral_lifter": 0.0}),
    "kaldi_mfcc_htk_energy": ("KaldiMfcc", {"htk_compat": True, "use_energy": True}),
    "kaldi_mfcc_centred": ("KaldiMfcc", {"subtract_mean": True, "num_mel_bins": 30}),
}

LEARNING_RATE = 0.02
STEPS = 60
SCHEDULES = {
    "cosine": ("CosineAnnealingLR", {"T_max": 25, "eta_min": 0.001}),
    "cosine_restarts": ("CosineAnnealingWarmRestarts", {"T_0": 10}),
    "cosine_growing": ("CosineAnnealingWarmRestarts", {"T_0": 7, "T_mult": 2, "eta_min": 0.001}),
    "step": ("StepLR", {"step_size": 9, "gamma": 0.5}),
    "milestones": ("MultiStepLR", {"milestones": [5, 20, 21], "gamma": 0.3}),
    "exponential": ("ExponentialLR", {"gamma": 0.9}),
    "linear": ("LinearLR", {"start_factor": 0.1, "end_factor": 0.8, "total_iters": 30}),
    "linear_defaults": ("LinearLR", {}),
    "constant": ("ConstantLR", {"factor": 0.25, "total_iters": 12}),
    "polynomial": ("PolynomialLR", {"total_iters": 40, "power": 2.0}),
}


def save(path, tensors, metadata):
    """Writes safetensors: the length of a JSON header, the header, the raw values."""
    names = {torch.float32: "F32", torch.float64: "F64"}
    header, body = {"__metadata__": metadata}, b""
    for name, tensor in tensors.items():
        raw = tensor.contiguous().numpy().tobytes()
        header[name] = {
            "dtype": names[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [len(body), len(body) + len(raw)],
        }
        body += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def waveform():
    """Rising and falling tones in noise, a click and a fade, 0.3 s."""
    generator = torch.Generator().manual_seed(5)
    t = torch.arange(4800, dtype=torch.float64) / RATE
    tones = 0.3 * torch.sin(2 * torch.pi * (300 + 900 * t) * t)
    tones += 0.2 * torch.sin(2 * torch.pi * (3500 - 2000 * t) * t)
    noise = 0.02 * torch.randn(t.shape, generator=generator, dtype=torch.float64)
    wave = (tones + noise) * torch.linspace(1, 0.05, len(t), dtype=torch.float64) + 0.01
    wave[1234] += 0.3
    return wave.float().unsqueeze(0)


def feature(method, arguments, wave):
    """[frames, bins]."""
    arguments = dict(arguments)
    if method in ("Fbank", "KaldiMfcc"):
        extract = kaldi.fbank if method == "Fbank" else kaldi.mfcc
        return extract(wave * 32768, **arguments)
    if "window_fn" in arguments:
        arguments["window_fn"] = getattr(torch, arguments["window_fn"])
    return getattr(torchaudio.transforms, method)(**arguments)(wave)[0].T


def schedule(method, arguments):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=LEARNING_RATE)
    scheduler = getattr(torch.optim.lr_scheduler, method)(optimizer, **arguments)
    rates = []
    for _ in range(STEPS):
        rates.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    return torch.tensor(rates, dtype=torch.float64)


def described(cases):
    return {name: json.dumps({"method": m, "args": a}) for name, (m, a) in cases.items()}


def main():
    folder = Path(sys.argv[1])
    wave = waveform()
    tensors = {name: feature(m, a, wave).float() for name, (m, a) in FEATURES.items()}
    save(
        folder / "features_torchaudio.safetensors",
        {"waveform": wave, **tensors},
        described(FEATURES),
    )
    rates = {name: schedule(m, a) for name, (m, a) in SCHEDULES.items()}
    save(
        folder / "schedules_pytorch.safetensors",
        rates,
        {"learning_rate": str(LEARNING_RATE), **described(SCHEDULES)},
    )


if __name__ == "__main__":
    main()
