package io.voxtag.deploy;

import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserBuilder;
import io.strimzi.api.kafka.model.user.acl.AclOperation;
import io.strimzi.api.kafka.model.user.acl.AclResourcePatternType;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleBuilder;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResourceBuilder;
import io.strimzi.api.kafka.model.user.acl.AclRuleResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResourceBuilder;
import io.strimzi.api.kafka.model.user.acl.AclRuleTransactionalIdResourceBuilder;
import io.voxtag.schemas.Topic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Users of Kafka as Strimzi takes them: with SCRAM-SHA-512 and rules of access. */
final class StrimziUsers {

  private static final Set<AclOperation> OF_KAFKA_STREAMS =
      EnumSet.of(
          AclOperation.CREATE,
          AclOperation.DELETE,
          AclOperation.DESCRIBE,
          AclOperation.DESCRIBECONFIGS,
          AclOperation.READ,
          AclOperation.WRITE);

  private StrimziUsers() {}

  static KafkaUser of(KafkaAccess access) {
    return new KafkaUserBuilder()
        .withApiVersion(KafkaResources.API_VERSION)
        .withNewMetadata()
        .withName(access.user())
        .addToLabels(KafkaResources.CLUSTER_LABEL, KafkaResources.CLUSTER)
        .endMetadata()
        .withNewSpec()
        .withNewKafkaUserScramSha512ClientAuthentication()
        .endKafkaUserScramSha512ClientAuthentication()
        .withNewKafkaUserAuthorizationSimple()
        .withAcls(rules(access))
        .endKafkaUserAuthorizationSimple()
        .endSpec()
        .build();
  }

  private static List<AclRule> rules(KafkaAccess access) {
    List<AclRule> rules = new ArrayList<>();
    topics(access).forEach((topic, operations) -> rules.add(rule(topic(topic), operations)));
    if (!access.internal().isEmpty()) {
      rules.add(rule(topic(access.internal() + "*"), OF_KAFKA_STREAMS));
    }
    access.groups().forEach(name -> rules.add(rule(group(name), EnumSet.of(AclOperation.READ))));
    access
        .watchedGroups()
        .forEach(name -> rules.add(rule(group(name), EnumSet.of(AclOperation.DESCRIBE))));
    if (!access.internal().isEmpty()) {
      rules.add(
          rule(
              new AclRuleTransactionalIdResourceBuilder()
                  .withName(access.internal())
                  .withPatternType(AclResourcePatternType.PREFIX)
                  .build(),
              EnumSet.of(AclOperation.DESCRIBE, AclOperation.WRITE)));
    }
    return rules;
  }

  private static Map<String, Set<AclOperation>> topics(KafkaAccess access) {
    Map<String, Set<AclOperation>> operations = new LinkedHashMap<>();
    add(operations, access.reads(), AclOperation.DESCRIBE, AclOperation.READ);
    add(operations, access.allWrites(), AclOperation.DESCRIBE, AclOperation.WRITE);
    add(operations, access.checks(), AclOperation.DESCRIBE, AclOperation.DESCRIBECONFIGS);
    add(operations, access.watches(), AclOperation.DESCRIBE);
    return operations;
  }

  private static void add(
      Map<String, Set<AclOperation>> operations, List<Topic<?>> topics, AclOperation... allowed) {
    for (Topic<?> topic : topics) {
      operations
          .computeIfAbsent(topic.name(), name -> EnumSet.noneOf(AclOperation.class))
          .addAll(List.of(allowed));
    }
  }

  private static AclRule rule(AclRuleResource resource, Set<AclOperation> operations) {
    return new AclRuleBuilder()
        .withResource(resource)
        .withOperations(List.copyOf(operations).stream().sorted().toList())
        .build();
  }

  private static AclRuleResource topic(String name) {
    return new AclRuleTopicResourceBuilder()
        .withName(withoutStar(name))
        .withPatternType(pattern(name))
        .build();
  }

  private static AclRuleResource group(String name) {
    return new AclRuleGroupResourceBuilder()
        .withName(withoutStar(name))
        .withPatternType(pattern(name))
        .build();
  }

  private static AclResourcePatternType pattern(String name) {
    return name.endsWith("*") ? AclResourcePatternType.PREFIX : AclResourcePatternType.LITERAL;
  }

  private static String withoutStar(String name) {
    return name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
  }
}
