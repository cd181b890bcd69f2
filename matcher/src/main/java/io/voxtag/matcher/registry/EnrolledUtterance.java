package io.voxtag.matcher.registry;

import io.voxtag.schemas.EnrollmentEmbeddingKey;

/** An accepted recording of a speaker, under one model version. */
public record EnrolledUtterance(EnrollmentEmbeddingKey key, UtteranceMetadata metadata) {}
