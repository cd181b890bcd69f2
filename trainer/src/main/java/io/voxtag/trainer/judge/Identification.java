package io.voxtag.trainer.judge;

/**
 * Open-set identification of held-out speakers by both models, each at its own threshold.
 *
 * @param gallery enrolled speakers
 * @param candidateFpir share of searches for strangers that end with somebody, new model
 * @param activeFpir the same, model in service
 * @param candidateFnir share of searches for enrolled speakers that do not end with them, new model
 * @param activeFnir the same, model in service
 */
public record Identification(
    int gallery,
    double candidateFpir,
    double activeFpir,
    double candidateFnir,
    double activeFnir) {}
