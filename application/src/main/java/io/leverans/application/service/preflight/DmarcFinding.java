package io.leverans.application.service.preflight;

import io.leverans.domain.senderdomain.DmarcRecord;
import io.leverans.domain.senderdomain.DmarcRecord.Policy;

/** What a domain asks for by DMARC. */
sealed interface DmarcFinding {
  /**
   * It asks for something.
   *
   * @param domain whose record says so: the domain itself or one above it
   * @param policy what the record asks for the domain
   */
  record Asks(String domain, Policy policy, DmarcRecord record) implements DmarcFinding {}

  record NoRecord() implements DmarcFinding {}

  /**
   * Nobody knows.
   *
   * @param why in words for a person
   */
  record Untold(String why) implements DmarcFinding {}
}
