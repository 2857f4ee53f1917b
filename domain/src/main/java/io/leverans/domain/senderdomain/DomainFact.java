package io.leverans.domain.senderdomain;

/** What a look into DNS changed about a domain. */
public enum DomainFact {
  /** It works for the first time. */
  WORKS,
  /** Its records are gone. */
  LAPSES,
  /** They were gone for too long. */
  LAPSED,
  /** They are back. */
  RECOVERED,
  /** Another key signs. */
  KEY_SWITCHED
}
