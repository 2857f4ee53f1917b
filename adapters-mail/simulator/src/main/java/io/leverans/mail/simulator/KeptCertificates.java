package io.leverans.mail.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The company's certificates in a file, so that who trusted them once can go on after a restart.
 * They guard nothing but simulated mail.
 */
record KeptCertificates(Path file) {
  private static final String TYPE = "PKCS12";
  private static final String ENTRY = "server";
  private static final char[] PASSWORD = "simulated".toCharArray();
  private static final Duration STILL_GOOD = Duration.ofDays(1);

  /** Those in the file; made anew if there is none, or they are about to end. */
  IssuedCertificates obtain(String host, Instant now) throws IOException, GeneralSecurityException {
    if (Files.exists(file)) {
      IssuedCertificates kept = read();
      if (kept.server().getNotAfter().toInstant().isAfter(now.plus(STILL_GOOD))) {
        return kept;
      }
      Files.delete(file);
    }
    IssuedCertificates made = IssuedCertificates.create("the company's", List.of(host), now);
    write(made);
    return made;
  }

  private IssuedCertificates read() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(TYPE);
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    Certificate[] chain = store.getCertificateChain(ENTRY);
    if (store.getKey(ENTRY, PASSWORD) instanceof PrivateKey key
        && chain != null
        && chain.length == 2
        && chain[0] instanceof X509Certificate server
        && chain[1] instanceof X509Certificate authority) {
      return IssuedCertificates.of(authority, server, key);
    }
    throw new IOException(file + " holds other certificates than expected; delete it");
  }

  private void write(IssuedCertificates made) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(TYPE);
    store.load(null, PASSWORD);
    store.setKeyEntry(
        ENTRY, made.key(), PASSWORD, new Certificate[] {made.server(), made.authority()});
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
  }
}
