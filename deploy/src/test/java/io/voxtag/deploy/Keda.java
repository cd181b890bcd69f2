package io.voxtag.deploy;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resources of KEDA 2, of which there is no Java model, as far as they are used here. The names are
 * those of its reference, https://keda.sh/docs/2.17/reference/.
 */
final class Keda {

  private Keda() {}

  record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, ScaledObjectSpec spec) {}

  record ScaledObjectSpec(
      Target scaleTargetRef,
      @Nullable Integer pollingInterval,
      @Nullable Integer cooldownPeriod,
      @Nullable Integer minReplicaCount,
      @Nullable Integer maxReplicaCount,
      @Nullable Advanced advanced,
      List<Trigger> triggers) {}

  record Target(@Nullable String apiVersion, @Nullable String kind, String name) {}

  record Advanced(
      @Nullable Boolean restoreToOriginalReplicaCount,
      @Nullable PodAutoscaler horizontalPodAutoscalerConfig) {}

  record PodAutoscaler(@Nullable String name, @Nullable HorizontalPodAutoscalerBehavior behavior) {}

  record Trigger(
      String type,
      @Nullable String name,
      Map<String, String> metadata,
      @Nullable AuthenticationReference authenticationRef) {}

  record AuthenticationReference(String name, @Nullable String kind) {}

  record TriggerAuthentication(
      String apiVersion, String kind, ObjectMeta metadata, TriggerAuthenticationSpec spec) {}

  record TriggerAuthenticationSpec(
      @Nullable List<Parameter> configMapTargetRef, @Nullable List<Parameter> secretTargetRef) {}

  record Parameter(String parameter, String name, String key) {}
}
