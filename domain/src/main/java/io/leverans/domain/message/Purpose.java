package io.leverans.domain.message;

/** Why a message is here. */
public enum Purpose {
  /** A person, or their application, writes to someone. */
  CORRESPONDENCE,
  /** Leverans itself writes, such as a verification mail: marked as automatic, in no folder. */
  SYSTEM,
  /** A person sent it by other means than ours, and their application has us keep it. */
  LOGGED
}
