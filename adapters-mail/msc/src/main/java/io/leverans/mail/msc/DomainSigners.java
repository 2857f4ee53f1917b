package io.leverans.mail.msc;

import io.leverans.application.port.provider.AlignedDomain.SigningKey;
import io.leverans.mail.mime.DkimKey;
import io.leverans.mail.mime.DkimSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The signers of sender domains, their keys parsed once as long as they are used. Safe for use by
 * many threads.
 */
final class DomainSigners {
  private static final int KEPT = 1000;

  private final Map<Name, Parsed> signers = new LinkedHashMap<>(16, 0.75f, true);
  private final ReentrantLock lock = new ReentrantLock();

  /** Which key; a later one may have the same name. */
  private record Name(String domain, String selector) {}

  private static final class Parsed {
    private final byte[] privateKey;
    private final DkimSigner signer;

    Parsed(Name name, byte[] privateKey) {
      this.privateKey = privateKey;
      this.signer = new DkimSigner(new DkimKey(name.domain(), name.selector(), privateKey));
    }
  }

  DkimSigner of(String domain, SigningKey key) {
    byte[] privateKey = octets(key);
    Name name = new Name(domain, key.selector());
    lock.lock();
    try {
      Parsed known = signers.get(name);
      if (known == null || !Arrays.equals(known.privateKey, privateKey)) {
        known = new Parsed(name, privateKey);
        signers.put(name, known);
        dropTheLongestUnused();
      }
      return known.signer;
    } finally {
      lock.unlock();
    }
  }

  private void dropTheLongestUnused() {
    Iterator<Name> oldest = signers.keySet().iterator();
    while (signers.size() > KEPT && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
  }

  private static byte[] octets(SigningKey key) {
    try {
      return key.privateKey().toArray();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
