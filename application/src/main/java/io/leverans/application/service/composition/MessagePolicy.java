package io.leverans.application.service.composition;

import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.MessageId;

/**
 * What holds for every message of a deployment.
 *
 * @param messageIdDomain the right side of every Message-ID, an ASCII domain name
 * @param maxSize of a composed message in octets
 */
public record MessagePolicy(String messageIdDomain, long maxSize) {
  public MessagePolicy {
    if (messageIdDomain.isBlank() || maxSize < 1) {
      throw new IllegalArgumentException("a domain and a positive size are needed");
    }
  }

  /** The Message-ID of a message that we make (RFC 5322 §3.6.4). */
  public InternetMessageId internetIdOf(MessageId message) {
    return new InternetMessageId("<" + message.value() + "@" + messageIdDomain + ">");
  }

  /** The most octets that a message through such a channel may have. */
  public long largest(Capabilities channel) {
    return channel.largestMessage().map(theirs -> Math.min(theirs, maxSize)).orElse(maxSize);
  }
}
