package io.leverans.mail.conversation;

import java.util.Objects;

/** How sure it has to be whom a message is handed to, and that nobody reads along. */
public sealed interface Assurance {
  /** As sure as the options of the connections say. */
  record AsOptions() implements Assurance {}

  /**
   * More than the options may say; else nothing is said to the server. One that cannot do what is
   * demanded is no fault of the channel: its mail is tried again.
   */
  sealed interface Demanded extends Assurance {
    /** Who demands it, to begin a sentence with. */
    String demandedBy();

    /** What to do where it cannot be had. */
    String remedy();

    /** What is demanded, as the object of a sentence. */
    default String what() {
      return switch (this) {
        case Encrypted _ -> "encryption";
        case Verified _ -> "encryption and a valid certificate";
        case Published _ -> "encryption and a certificate that matches";
      };
    }
  }

  /** Encrypted, whatever the certificate. */
  record Encrypted(String demandedBy, String remedy) implements Demanded {
    public Encrypted {
      Objects.requireNonNull(demandedBy);
      Objects.requireNonNull(remedy);
    }
  }

  /** Encrypted, and by a certificate that proves to be the server's. */
  record Verified(String demandedBy, String remedy) implements Demanded {
    public Verified {
      Objects.requireNonNull(demandedBy);
      Objects.requireNonNull(remedy);
    }
  }

  /** Encrypted, and by a certificate that DNS publishes for the server (DANE, RFC 7672 §2.2). */
  record Published(PublishedCertificates certificates, String demandedBy, String remedy)
      implements Demanded {
    public Published {
      Objects.requireNonNull(certificates);
      Objects.requireNonNull(demandedBy);
      Objects.requireNonNull(remedy);
    }
  }
}
