/**
 * What an operator of Kafka on Kubernetes (Strimzi) needs to know, made from the definition of the
 * topics: the topics themselves, and who may do what with them.
 */
@NullMarked
package io.voxtag.deploy;

import org.jspecify.annotations.NullMarked;
