package io.voxtag.bench.embedding;

import io.voxtag.bench.measure.Rates;
import io.voxtag.bench.measure.Threads;

/**
 * A line of the table.
 *
 * @param windowsPerSecond of the contestant
 * @param ratioToOnnx its rate over ONNX Runtime's in the same rounds
 * @param gigaflops a second; of the network alone, also where features are computed besides
 * @param shareOfMatrixProduct the same over what a matrix product reaches in the same rounds
 */
record Line(
    String model,
    Threads threads,
    int batch,
    String contestant,
    Rates windowsPerSecond,
    double ratioToOnnx,
    double gigaflops,
    double shareOfMatrixProduct) {}
