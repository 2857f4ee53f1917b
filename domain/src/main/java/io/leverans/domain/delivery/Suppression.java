package io.leverans.domain.delivery;

/** Whether a cause says never to write to the address again. "Gave up" is another question. */
public enum Suppression {
  SUPPRESSES,
  LEAVES_ALONE
}
