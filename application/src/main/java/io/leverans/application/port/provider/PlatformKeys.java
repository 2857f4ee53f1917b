package io.leverans.application.port.provider;

import java.util.function.Supplier;

/** The platform's own keys, made on first use and kept. Safe for use by many threads. */
@FunctionalInterface
public interface PlatformKeys {
  /**
   * The key of that name; made and stored if there is none. All nodes of a deployment see the same.
   *
   * @param name lower-case letters, digits, dots and dashes
   */
  byte[] obtain(String name, Supplier<byte[]> maker);
}
