"""Makes the reference values of this folder with scipy and pyannote.metrics:

    pip install numpy scipy pyannote.metrics
    python make.py
"""
import json
import random

import numpy as np
import scipy.linalg
import scipy.sparse.csgraph
from pyannote.core import Annotation, Segment
from pyannote.metrics.diarization import DiarizationErrorRate
from scipy.cluster.hierarchy import fcluster, linkage


def write(name, value):
    with open(name, "w", encoding="utf-8") as out:
        json.dump(value, out, separators=(",", ":"))
        out.write("\n")


def turns(rng, speakers, seconds):
    """Per speaker stretches that neither touch nor overlap; those of different speakers may."""
    rows = []
    for speaker in speakers:
        at = rng.randrange(0, 4000)
        while True:
            end = at + rng.randrange(300, 6000)
            if end > seconds * 1000:
                break
            rows.append([at, end, speaker])
            at = end + rng.randrange(50, 9000)
    return sorted(rows)


def annotation(rows):
    result = Annotation()
    for i, (start, end, speaker) in enumerate(rows):
        result[Segment(start / 1000, end / 1000), i] = speaker
    return result


def errors():
    rng = random.Random(3)
    conversations = []
    for spoken, found in [(2, 2), (3, 2), (2, 4), (4, 4), (1, 3)]:
        reference = turns(rng, ["spk%d" % i for i in range(spoken)], 60)
        hypothesis = turns(rng, ["c%d" % i for i in range(found)], 60)
        rows = []
        for collar in (0, 100, 250):
            metric = DiarizationErrorRate(collar=2 * collar / 1000)
            parts = metric(annotation(reference), annotation(hypothesis), detailed=True)
            rows.append({
                "collar_ms": collar,
                "total_ms": round(1000 * parts["total"]),
                "missed_ms": round(1000 * parts["missed detection"]),
                "false_alarm_ms": round(1000 * parts["false alarm"]),
                "confusion_ms": round(1000 * parts["confusion"]),
                "rate": parts["diarization error rate"],
            })
        conversations.append({"reference": reference, "hypothesis": hypothesis, "errors": rows})
    write("error.json", conversations)


def voices(rng, counts, spread):
    """Unit vectors around as many directions as there are counts."""
    centres = rng.normal(size=(len(counts), 8))
    rows = np.concatenate([
        centre + spread * rng.normal(size=(count, 8)) for centre, count in zip(centres, counts)])
    rows = rows[rng.permutation(len(rows))]
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return rows


def linkages():
    rng = np.random.default_rng(4)
    cases = []
    for counts, spread in [((7, 5, 9), 0.3), ((20, 3, 11, 6), 0.9), ((1, 1), 1.0)]:
        vectors = voices(rng, counts, spread)
        tree = linkage(vectors.astype(np.float64), "average", metric="cosine")
        cuts = {
            k: fcluster(tree, k, "maxclust").tolist() for k in range(1, min(7, len(vectors)) + 1)}
        cases.append({
            "vectors": vectors.tolist(), "distances": tree[:, 2].tolist(), "cuts": cuts})
    write("linkage.json", cases)


def eigengap(vectors, links, most):
    """Eigenvalues, number of clusters and ratio of NME-SC for a number of links."""
    affinity = vectors @ vectors.T
    points = len(vectors)
    nearest = np.argsort(-affinity, axis=1, kind="stable")[:, :links]
    graph = np.zeros((points, points))
    graph[np.arange(points)[:, None], nearest] = 1
    graph = (graph + graph.T) / 2
    values = scipy.linalg.eigvalsh(scipy.sparse.csgraph.laplacian(graph))
    gaps = np.diff(values[: most + 1])
    ratio = links / points / (gaps.max() / (values.max() + 1e-10) + 1e-10)
    return values, int(gaps.argmax()) + 1, ratio


def spectra():
    rng = np.random.default_rng(9)
    cases = []
    for counts, spread in [((40, 30, 25), 0.5), ((60, 45), 0.9), ((30, 28, 26, 24, 22), 0.4)]:
        vectors = voices(rng, counts, spread)
        wide = vectors.astype(np.float64)
        tried = np.unique(np.linspace(10, len(vectors) // 4, 12).astype(int))
        values, clusters, ratio, links = min(
            (eigengap(wide, links, 8) + (links,) for links in tried), key=lambda found: found[2])
        cases.append({
            "vectors": vectors.tolist(), "links": int(links), "clusters": clusters,
            "ratio": ratio, "eigenvalues": values.tolist()})
    write("spectral.json", cases)


if __name__ == "__main__":
    errors()
    linkages()
    spectra()
