package io.voxtag.modelstore;

import java.net.URI;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.PutOptions2;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.options.PutOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;
import org.jclouds.http.HttpResponse;
import org.jclouds.http.HttpResponseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against S3Proxy, which checks signatures of requests and keeps objects in memory. */
class S3ProxyModelStoreIT extends S3ModelStoreContract {

  private static final String ACCESS_KEY = "voxtag";
  private static final String SECRET_KEY = "voxtag-secret";

  private static BlobStoreContext objects;
  private static S3Proxy proxy;

  @BeforeAll
  static void start() throws Exception {
    objects =
        ContextBuilder.newBuilder(new TransientNio2BlobApiMetadata())
            .credentials(ACCESS_KEY, SECRET_KEY)
            .build(BlobStoreContext.class);
    proxy =
        S3Proxy.builder()
            .blobStore(new AtomicWrites(objects.getBlobStore()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    proxy.start();
  }

  /** As S3 has it: of several conditional writes of one object at a time one succeeds. */
  private static final class AtomicWrites extends ForwardingBlobStore {

    AtomicWrites(BlobStore delegate) {
      super(delegate);
    }

    @Override
    public synchronized String putBlob(String container, Blob blob) {
      return super.putBlob(container, blob);
    }

    // S3Proxy looks for the object, and then writes it: here both in one go.
    @Override
    public synchronized String putBlob(String container, Blob blob, PutOptions options) {
      if (options instanceof PutOptions2 conditional
          && conditional.getIfNoneMatch() != null
          && blobExists(container, blob.getMetadata().getName())) {
        throw new HttpResponseException(
            "there is one", null, HttpResponse.builder().statusCode(412).build());
      }
      return super.putBlob(container, blob, options);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    proxy.stop();
    objects.close();
  }

  @Override
  S3Server server() {
    return new S3Server(URI.create("http://127.0.0.1:" + proxy.getPort()), ACCESS_KEY, SECRET_KEY);
  }
}
