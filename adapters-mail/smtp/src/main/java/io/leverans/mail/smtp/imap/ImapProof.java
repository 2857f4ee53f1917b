package io.leverans.mail.smtp.imap;

import io.leverans.domain.delivery.ChannelFault;
import io.leverans.mail.conversation.Timeouts;
import io.leverans.mail.conversation.Transcript;
import io.leverans.mail.smtp.imap.ImapFaultException.Stage;
import java.io.IOException;
import java.util.Objects;

/** Tries a mailbox against its server, for a person who waits. Safe for use by many threads. */
public final class ImapProof {
  private final ImapDoor door;

  public ImapProof(ImapDoor door) {
    this.door = door;
  }

  /** How it did. */
  public sealed interface Result {
    /**
     * The folder can be read.
     *
     * @param finding what to know about it, a sentence
     */
    record Open(String finding) implements Result {
      public Open {
        Objects.requireNonNull(finding);
      }
    }

    /** It cannot. */
    record Shut(ChannelFault fault, Hurdle at) implements Result {
      public Shut {
        Objects.requireNonNull(fault);
        Objects.requireNonNull(at);
      }
    }
  }

  /** What it came to. */
  public enum Hurdle {
    SERVER,
    ENCRYPTION,
    SIGN_IN,
    FOLDER
  }

  /** Signs in, opens the folder and looks at nothing in it. */
  public Result of(ImapServer server, Transcript transcript) {
    try {
      ImapSession session = door.open(server, Timeouts.WHILE_SOMEONE_WAITS, transcript);
      try (ImapLink _ = session.link()) {
        var _ = session.examine(server.folder());
        boolean tells = session.offers("IDLE");
        session.logout();
        return new Result.Open(
            "Bounces are read in the folder %s of the mailbox, %s, and nothing is changed there."
                .formatted(
                    server.folder(),
                    tells ? "as soon as the server tells of new mail" : "every minute"));
      }
    } catch (ImapFaultException prevented) {
      return new Result.Shut(prevented.fault(), hurdle(prevented.stage()));
    } catch (IOException broken) {
      return new Result.Shut(
          ImapFaultException.network(
                  Stage.READING, "The link to the mailbox broke: " + broken.getMessage())
              .fault(),
          Hurdle.SERVER);
    }
  }

  private static Hurdle hurdle(Stage stage) {
    return switch (stage) {
      case CONNECTION, READING -> Hurdle.SERVER;
      case ENCRYPTION -> Hurdle.ENCRYPTION;
      case SIGN_IN -> Hurdle.SIGN_IN;
      case FOLDER -> Hurdle.FOLDER;
    };
  }
}
