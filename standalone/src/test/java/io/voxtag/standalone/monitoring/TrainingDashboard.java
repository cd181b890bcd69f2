package io.voxtag.standalone.monitoring;

import static io.voxtag.standalone.monitoring.Panel.lines;
import static io.voxtag.standalone.monitoring.Panel.stat;

import java.util.List;

/** Trainings, the versions they make, and what they learn from. */
final class TrainingDashboard {

  private TrainingDashboard() {}

  static Dashboard create() {
    return new Dashboard(
        "voxtag-training",
        "Voxtag / Training and models",
        "Trainings, the versions that they make on their way into service, and the recordings.",
        List.of(
            stat("Running", "short", "1 while a training runs.", "max(voxtag_trainer_running)"),
            stat(
                "Progress",
                "percentunit",
                "Share of the batches of the training that are done.",
                "max(voxtag_trainer_run_progress_ratio)"),
            stat(
                "Time left",
                "s",
                "Estimated time that the training still takes, without the evaluation.",
                "max(voxtag_trainer_run_remaining_seconds)"),
            stat(
                "Candidate waits",
                "s",
                "Since the oldest candidate that is not ready was announced; 0 for none.",
                "max(voxtag_trainer_candidate_age_seconds)"),
            stat(
                "Speakers",
                "short",
                "Speakers with recordings to train on.",
                "max(voxtag_trainer_dataset_speakers)"),
            stat(
                "Recordings",
                "short",
                "Recordings to train on.",
                "max(voxtag_trainer_dataset_utterances)"),
            lines(
                "Loss",
                "short",
                "Mean loss of the last batches. It should fall, and not to NaN.",
                "voxtag_trainer_run_loss",
                "loss"),
            lines(
                "Accuracy and error rate",
                "percentunit",
                "Share of samples classified rightly, and the equal error rate on held-out"
                    + " speakers after the last epoch.",
                "voxtag_trainer_run_accuracy",
                "accuracy",
                "voxtag_trainer_run_eer",
                "equal error rate"),
            lines(
                "Speed",
                "short",
                "Training samples a second.",
                "voxtag_trainer_run_samples_per_second",
                "samples a second"),
            lines(
                "Runs",
                "short",
                "Runs that ended within a day, by how.",
                "sum by (outcome) (increase(voxtag_trainer_runs_total[1d]))",
                "{{outcome}}"),
            lines(
                "Versions",
                "short",
                "Versions of the model by where they stand.",
                "max by (status) (voxtag_trainer_model_versions)",
                "{{status}}"),
            lines(
                "Versions in memory",
                "short",
                "How many models each embedder has in memory, and enrolments that it still has to"
                    + " embed under each.",
                "voxtag_embedder_models_loaded",
                "loaded {{instance}}",
                "sum by (model) (voxtag_embedder_enrollment_lag)",
                "enrolments left {{model}}"),
            lines(
                "Room",
                "bytes",
                "What recordings take, what they may, and what is free on the disk.",
                "voxtag_trainer_dataset_bytes",
                "recordings",
                "voxtag_trainer_dataset_limit_bytes",
                "limit",
                "voxtag_trainer_dataset_disk_free_bytes",
                "free on the disk"),
            lines(
                "Labelled recordings",
                "short",
                "Records read within an hour by outcome, and recordings given up.",
                "sum by (outcome) (increase(voxtag_trainer_utterances_total[1h]))",
                "{{outcome}}",
                "sum(increase(voxtag_trainer_dataset_evicted_total[1h]))",
                "given up")));
  }
}
