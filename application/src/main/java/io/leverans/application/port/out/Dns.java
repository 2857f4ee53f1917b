package io.leverans.application.port.out;

import io.leverans.domain.senderdomain.DnsAnswer;
import io.leverans.domain.senderdomain.RecordType;

/**
 * Asks DNS. Blocks for some seconds at most; an answer may be as old as its time to live allows, or
 * a minute, where it says that nothing is there. Safe for use by many threads.
 */
@FunctionalInterface
public interface Dns {
  /**
   * The records of a type at a name. Aliases are followed, unless they are what is asked for.
   *
   * @param name in A-labels, without a last dot
   */
  DnsAnswer lookUp(String name, RecordType type);
}
