package io.leverans.mail.simulator.google;

import java.time.InstantSource;
import java.util.List;

/** The world around a provider, as the provider meets it. Safe for use by many threads. */
public interface Surroundings {

  /** Takes a mail to its recipients; what they refuse comes back to the return path later. */
  void deliver(String returnPath, List<String> recipients, byte[] mail);

  /** Publishes a TXT record, in place of what the name had. */
  void publishTxt(String name, String value);

  InstantSource clock();
}
