package io.voxtag.modelstore;

/** What a store says to a bundle whose place is taken. */
final class Conflicts {

  private Conflicts() {}

  static BundleRefusedException otherBundle(LocalBundle bundle, String sha256, String place) {
    return new BundleRefusedException(
        ("%s is of version '%s', but another bundle has that version: %s, with model.json of"
                + " SHA-256 %s; stored bundles never change, so give it a new version")
            .formatted(bundle, bundle.manifest().key().version(), place, sha256));
  }

  static BundleRefusedException otherSignature(LocalBundle bundle, String place) {
    return new BundleRefusedException(
        ("%s is stored already, at %s, with another signature; to sign with another key, replace"
                + " the %s there")
            .formatted(bundle, place, BundleManifest.SIGNATURE));
  }
}
