package io.voxtag.matcher.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A Lua script that Redis runs as one step. It is sent by its digest, in full only if unknown. */
final class RegistryScript {

  private final byte[] source;
  private final byte[] digest;

  private RegistryScript(byte[] source) {
    this.source = source;
    this.digest = utf8(HexFormat.of().formatHex(sha1(source)));
  }

  /** The script in the class path beside this class. */
  static RegistryScript named(String file) {
    try (InputStream in = RegistryScript.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The script " + file + " is missing in this build");
      }
      return new RegistryScript(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the script " + file, e);
    }
  }

  Object run(RegistryConnection redis, List<String> keys, List<byte[]> arguments) {
    List<byte[]> keyBytes = keys.stream().map(RegistryScript::utf8).toList();
    return redis.ask(
        client -> {
          try {
            return client.evalsha(digest, keyBytes, arguments);
          } catch (JedisNoScriptException e) {
            return client.eval(source, keyBytes, arguments);
          }
        });
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(Object reply) {
    return new String((byte[]) reply, StandardCharsets.UTF_8);
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1", e);
    }
  }
}
