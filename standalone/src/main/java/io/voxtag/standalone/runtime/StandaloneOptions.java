package io.voxtag.standalone.runtime;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to run everything in one process.
 *
 * @param data folder that all data is kept in; made where missing
 * @param kafka Kafka bootstrap servers outside of this process; empty runs a broker in it
 * @param kafkaPort port of the broker that is run here, 0 for any free one
 * @param redis address of a Redis outside; empty runs one beside this process
 * @param redisPort port of the Redis that is run here, 0 for any free one
 * @param host address that the HTTP server listens on
 * @param httpPort its port, 0 for any free one
 * @param model the model bundle in service
 * @param device where the model computes: auto, cpu, gpu or the number of a GPU
 * @param training whether a trainer runs, too, and models can be replaced while calls go on
 * @param verbose whether informative log messages also go to the terminal
 */
public record StandaloneOptions(
    Path data,
    Optional<String> kafka,
    int kafkaPort,
    Optional<String> redis,
    int redisPort,
    String host,
    int httpPort,
    Path model,
    String device,
    boolean training,
    boolean verbose) {}
