package io.leverans.domain.message;

/** Why a message is sent. */
public enum Purpose {
  /** A person, or their application, writes to someone. */
  CORRESPONDENCE,
  /** Leverans itself writes, such as a verification mail: marked as automatic, in no folder. */
  SYSTEM
}
