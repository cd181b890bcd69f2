package io.voxtag.matcher.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * A Redis server and who we are for it.
 *
 * @param address {@code redis://[[user:]password@]host:port[/database]}, or {@code rediss://} for
 *     TLS
 * @param user instead of the one in the address
 * @param password instead of the one in the address
 * @param trust PEM file with the authorities that the server's certificate may be from; empty for
 *     those that the JVM trusts
 */
public record RedisServer(
    URI address, Optional<String> user, Optional<String> password, Optional<Path> trust) {

  // Certificates are public; the format wants a password all the same.
  private static final char[] NO_SECRET = "public".toCharArray();

  public RedisServer {
    if (!JedisURIHelper.isValid(address)) {
      throw new IllegalArgumentException(
          "Redis address \"" + address + "\"; it must be redis://host:port or rediss://host:port");
    }
  }

  /**
   * The server at this address.
   *
   * @throws IllegalArgumentException if it is of another form
   */
  public static RedisServer at(URI address) {
    return new RedisServer(address, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Adds user, password, database and TLS to the configuration of a client.
   *
   * @throws RedisTrustException if the authorities cannot be read
   */
  DefaultJedisClientConfig.Builder configure(DefaultJedisClientConfig.Builder builder) {
    builder
        .user(user.orElseGet(() -> JedisURIHelper.getUser(address)))
        .password(password.orElseGet(() -> JedisURIHelper.getPassword(address)))
        .database(JedisURIHelper.getDBIndex(address));
    if (!JedisURIHelper.isRedisSSLScheme(address)) {
      return builder;
    }
    return builder.sslOptions(
        trust
            .map(
                file -> {
                  byte[] authorities = keystore(file);
                  return SslOptions.builder()
                      .trustStoreType("PKCS12")
                      .truststore(() -> new ByteArrayInputStream(authorities), NO_SECRET)
                      .sslVerifyMode(SslVerifyMode.FULL)
                      .build();
                })
            .orElseGet(SslOptions::defaults));
  }

  // Jedis takes authorities as a key store only.
  private static byte[] keystore(Path file) {
    try {
      KeyStore authorities = KeyStore.getInstance("PKCS12");
      authorities.load(null, null);
      for (Certificate authority : certificates(file)) {
        authorities.setCertificateEntry("authority-" + authorities.size(), authority);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      authorities.store(out, NO_SECRET);
      return out.toByteArray();
    } catch (IOException | GeneralSecurityException e) {
      throw new RedisTrustException(file, e);
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new CertificateException("no certificate in it");
      }
      return found;
    }
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "RedisServer[" + address.getHost() + ":" + address.getPort() + "]";
  }
}
