package io.voxtag.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.matcher.MatcherSettings;
import io.voxtag.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The resources in kubernetes/ as they lie there, before overlays. */
class ManifestsTest {

  private static final Set<String> SERVICES =
      Set.of("ingest", "embedder", "matcher", "trainer", "console");
  // Made by Strimzi, and by whoever installs Voxtag (docs/deploy.md).
  private static final Set<String> FOREIGN_SECRETS =
      Set.of(
          "voxtag-cluster-ca-cert",
          "voxtag-redis",
          "voxtag-models",
          "voxtag-ingest-access",
          "voxtag-console-page");

  static Stream<ObjectNode> resources() {
    return DeployFiles.resources().stream();
  }

  static Stream<Workload> workloads() {
    return Workload.in(DeployFiles.resources()).stream();
  }

  @ParameterizedTest
  @MethodSource("resources")
  void everyFieldIsOneThatTheKindHas(ObjectNode resource) {
    assertThatCode(() -> StrictTypes.read(resource))
        .as("%s %s", resource.get("kind"), resource.path("metadata").get("name"))
        .doesNotThrowAnyException();
  }

  @Test
  void aMisspeltFieldIsFound() {
    // given
    ObjectNode policy =
        DeployFiles.resources().stream()
            .filter(resource -> resource.get("kind").asText().equals("PodDisruptionBudget"))
            .findFirst()
            .orElseThrow()
            .deepCopy();

    // when
    policy.withObject("/spec").put("maxUnavailabel", 1);

    // then
    assertThatThrownBy(() -> StrictTypes.read(policy)).hasMessageContaining("maxUnavailabel");
  }

  @Test
  void everyServiceRuns() {
    assertThat(workloads())
        .extracting(Workload::service)
        .containsExactlyInAnyOrderElementsOf(SERVICES);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void aContainerIsProbedAndHasItsShare(Workload workload) {
    Container container = workload.container();
    assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
    assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
    assertThat(container.getResources().getLimits()).containsKey("memory");
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void aContainerMayDoNothingThatItDoesNotNeed(Workload workload) {
    PodTemplateSpec pod = workload.pod();
    var container = workload.container().getSecurityContext();
    assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(10001);
    assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
        .isEqualTo("RuntimeDefault");
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(container.getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void everyMountHasItsVolume(Workload workload) {
    assertThat(workload.container().getVolumeMounts())
        .extracting(VolumeMount::getName)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(workload.volumes());
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void whatAPodRefersToIsThere(Workload workload) {
    // given
    Set<String> configMaps = names("ConfigMap");
    Set<String> secrets =
        Stream.concat(FOREIGN_SECRETS.stream(), names("KafkaUser").stream())
            .collect(Collectors.toSet());

    // then
    assertThat(names("ServiceAccount")).contains(workload.pod().getSpec().getServiceAccountName());
    assertThat(configMaps)
        .containsAll(
            workload.container().getEnvFrom().stream()
                .map(from -> from.getConfigMapRef().getName())
                .toList());
    assertThat(secrets)
        .containsAll(
            workload.container().getEnv().stream()
                .filter(env -> env.getValueFrom() != null)
                .filter(env -> env.getValueFrom().getSecretKeyRef() != null)
                .map(env -> env.getValueFrom().getSecretKeyRef().getName())
                .toList());
    assertThat(secrets)
        .containsAll(
            workload.pod().getSpec().getVolumes().stream()
                .map(Volume::getSecret)
                .filter(secret -> secret != null)
                .map(secret -> secret.getSecretName())
                .toList());
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void aServiceIsItsOwnUserOfKafka(Workload workload) {
    assertThat(workload.environment())
        .containsEntry("VOXTAG_KAFKA_SECURITY_USERNAME", "voxtag-" + workload.service());
    assertThat(names("KafkaUser")).contains("voxtag-" + workload.service());
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void budgetsAndNetworkRulesMeanTheirPods(Workload workload) {
    Map<String, String> labels = workload.pod().getMetadata().getLabels();
    assertThat(select("PodDisruptionBudget", PodDisruptionBudget.class))
        .extracting(budget -> budget.getSpec().getSelector())
        .filteredOn(selector -> selects(selector, labels))
        .hasSize(1);
    assertThat(select("NetworkPolicy", NetworkPolicy.class))
        .filteredOn(policy -> selects(policy.getSpec().getPodSelector(), labels))
        .singleElement()
        .satisfies(
            policy ->
                assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress"));
  }

  @Test
  void anAutoscalerMakesNoMorePodsThanThereArePartitions() {
    for (Keda.ScaledObject scaled : select("ScaledObject", Keda.ScaledObject.class)) {
      Map<String, String> trigger = scaled.spec().triggers().get(0).metadata();
      int partitions = Topics.named(trigger.get("topic")).orElseThrow().partitions();
      assertThat(scaled.spec().maxReplicaCount()).isEqualTo(partitions);
      assertThat(workloads())
          .extracting(Workload::name)
          .contains(scaled.spec().scaleTargetRef().name());
    }
  }

  @Test
  void anAutoscalerLooksAtTheGroupsThatServicesJoin() {
    // given the defaults, which no manifest changes
    SmallRyeConfig defaults =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(EmbedderSettings.class)
            .withMapping(MatcherSettings.class)
            .build();

    // then
    assertThat(select("ScaledObject", Keda.ScaledObject.class))
        .extracting(
            scaled -> scaled.spec().scaleTargetRef().name(),
            scaled -> scaled.spec().triggers().get(0).metadata().get("consumerGroup"))
        .containsExactlyInAnyOrder(
            tuple("voxtag-embedder", defaults.getConfigMapping(EmbedderSettings.class).groupId()),
            tuple(
                "voxtag-matcher",
                defaults.getConfigMapping(MatcherSettings.class).applicationId()));
  }

  @Test
  void noSecretLiesHere() {
    assertThat(names("Secret")).isEmpty();
  }

  private static boolean selects(LabelSelector selector, Map<String, String> labels) {
    return labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
  }

  private static Set<String> names(String kind) {
    return resources()
        .filter(resource -> resource.get("kind").asText().equals(kind))
        .map(resource -> resource.get("metadata").get("name").asText())
        .collect(Collectors.toSet());
  }

  private static <T> List<T> select(String kind, Class<T> type) {
    return resources()
        .filter(resource -> resource.get("kind").asText().equals(kind))
        .map(resource -> StrictTypes.read(resource, type))
        .toList();
  }
}
