package io.voxtag.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service in Kubernetes.
 *
 * @param name of its Deployment or StatefulSet
 * @param pod its pods
 * @param claims volumes that each pod has of its own
 * @param configMaps all of the deployment, by name
 */
record Workload(
    String name,
    PodTemplateSpec pod,
    List<PersistentVolumeClaim> claims,
    Map<String, ConfigMap> configMaps) {

  /** Those among the resources. */
  static List<Workload> in(List<ObjectNode> resources) {
    List<Object> typed = resources.stream().map(StrictTypes::read).toList();
    Map<String, ConfigMap> configMaps =
        typed.stream()
            .filter(ConfigMap.class::isInstance)
            .map(ConfigMap.class::cast)
            .collect(Collectors.toMap(map -> map.getMetadata().getName(), Function.identity()));
    return typed.stream().flatMap(resource -> of(resource, configMaps)).toList();
  }

  private static Stream<Workload> of(Object resource, Map<String, ConfigMap> configMaps) {
    if (resource instanceof Deployment deployment) {
      return Stream.of(
          new Workload(
              deployment.getMetadata().getName(),
              deployment.getSpec().getTemplate(),
              List.of(),
              configMaps));
    }
    if (resource instanceof StatefulSet set) {
      return Stream.of(
          new Workload(
              set.getMetadata().getName(),
              set.getSpec().getTemplate(),
              set.getSpec().getVolumeClaimTemplates(),
              configMaps));
    }
    return Stream.empty();
  }

  /** The name of the module that runs in it. */
  String service() {
    return name.substring("voxtag-".length());
  }

  Container container() {
    return pod.getSpec().getContainers().get(0);
  }

  /** Names of all its volumes. */
  List<String> volumes() {
    return Stream.concat(
            pod.getSpec().getVolumes().stream().map(Volume::getName),
            claims.stream().map(claim -> claim.getMetadata().getName()))
        .toList();
  }

  /** What the process finds in its environment; empty where only the cluster knows a value. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    container().getEnvFrom().stream()
        .map(from -> configMaps.get(from.getConfigMapRef().getName()))
        .forEach(map -> environment.putAll(map.getData()));
    for (EnvVar variable : container().getEnv()) {
      environment.put(variable.getName(), variable.getValue() == null ? "" : variable.getValue());
    }
    return environment;
  }

  @Override
  public String toString() {
    return name;
  }
}
