package io.voxtag.deploy;

import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclResourcePatternType;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTransactionalIdResource;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.schemas.kafka.KafkaSettings;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Brings KafkaUser resources to a broker, as Strimzi's user operator does. */
final class KafkaRules {

  private static final int ITERATIONS = 4096;

  private KafkaRules() {}

  /** Makes the users, all with this password, and their rules. */
  static void apply(KafkaSettings administrator, List<KafkaUser> users, String password) {
    try (Admin admin = Admin.create(ClientProperties.admin(administrator))) {
      List<UserScramCredentialAlteration> credentials =
          users.stream()
              .<UserScramCredentialAlteration>map(
                  user ->
                      new UserScramCredentialUpsertion(
                          user.getMetadata().getName(),
                          new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                          password))
              .toList();
      KafkaAnswers.await(admin.alterUserScramCredentials(credentials).all());
      KafkaAnswers.await(
          admin.createAcls(users.stream().flatMap(KafkaRules::bindings).toList()).all());
    }
  }

  private static Stream<AclBinding> bindings(KafkaUser user) {
    String principal = "User:" + user.getMetadata().getName();
    return ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization())
        .getAcls().stream().flatMap(rule -> bindings(principal, rule));
  }

  private static Stream<AclBinding> bindings(String principal, AclRule rule) {
    ResourcePattern pattern = pattern(rule);
    return rule.getOperations().stream()
        .map(
            operation ->
                new AclBinding(
                    pattern,
                    new AccessControlEntry(
                        principal,
                        "*",
                        AclOperation.valueOf(kafkaName(operation.name())),
                        AclPermissionType.ALLOW)));
  }

  private static ResourcePattern pattern(AclRule rule) {
    if (rule.getResource() instanceof AclRuleTopicResource topic) {
      return of(ResourceType.TOPIC, topic.getName(), topic.getPatternType());
    }
    if (rule.getResource() instanceof AclRuleGroupResource group) {
      return of(ResourceType.GROUP, group.getName(), group.getPatternType());
    }
    if (rule.getResource() instanceof AclRuleTransactionalIdResource transactional) {
      return of(
          ResourceType.TRANSACTIONAL_ID, transactional.getName(), transactional.getPatternType());
    }
    throw new IllegalArgumentException("No rule for " + rule.getResource());
  }

  private static ResourcePattern of(
      ResourceType type, String name, AclResourcePatternType pattern) {
    return new ResourcePattern(
        type,
        name,
        pattern == AclResourcePatternType.PREFIX ? PatternType.PREFIXED : PatternType.LITERAL);
  }

  private static String kafkaName(String operation) {
    return operation.equals("DESCRIBECONFIGS") ? "DESCRIBE_CONFIGS" : operation;
  }
}
