package io.leverans.mail.simulator.google;

import io.leverans.mail.simulator.signin.RsaKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.exceptions.FailException;

/**
 * Signs mail with DKIM (RFC 6376) for the domain of its account; the key is published when a domain
 * first needs it. Safe for use by many threads.
 */
final class DomainSigner {
  private static final String SELECTOR = "google";
  private static final String FIELDS = "from:to:cc:subject:date:message-id:reply-to";

  private final KeyPair keys = RsaKeys.ofThisProcess();
  private final Surroundings world;

  DomainSigner(Surroundings world) {
    this.world = world;
  }

  byte[] sign(byte[] mail, String domain) {
    String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    world.publishTxt(SELECTOR + "._domainkey." + domain, "v=DKIM1; k=rsa; p=" + key);
    try {
      var signer = new DKIMSigner(template(domain), keys.getPrivate());
      String signature = signer.sign(new ByteArrayInputStream(mail));
      var signed = new ByteArrayOutputStream(mail.length + signature.length() + 2);
      signed.writeBytes((signature + "\r\n").getBytes(StandardCharsets.US_ASCII));
      signed.writeBytes(mail);
      return signed.toByteArray();
    } catch (IOException | FailException trouble) {
      throw new IllegalStateException("cannot sign a mail that lies in memory", trouble);
    }
  }

  private static String template(String domain) {
    return "v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=%s; h=%s; bh=; b=;"
        .formatted(domain, SELECTOR, FIELDS);
  }
}
