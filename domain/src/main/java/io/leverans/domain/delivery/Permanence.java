package io.leverans.domain.delivery;

/** Whether the same message to the same recipient could succeed later, as far as a cause tells. */
public enum Permanence {
  PERMANENT,
  TRANSIENT
}
