package io.leverans.mail.smtp.imap;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.io.IOException;
import java.io.Serial;

/** The server does not let us read the mailbox. */
final class ImapFaultException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient ChannelFault fault;
  private final Stage stage;

  private ImapFaultException(ChannelFault fault, Stage stage) {
    super(fault.words());
    this.fault = fault;
    this.stage = stage;
  }

  /** Where it came to. */
  enum Stage {
    CONNECTION,
    ENCRYPTION,
    SIGN_IN,
    FOLDER,
    READING
  }

  ChannelFault fault() {
    return fault;
  }

  Stage stage() {
    return stage;
  }

  static ImapFaultException of(ChannelFault fault, Stage stage) {
    return new ImapFaultException(fault, stage);
  }

  static ImapFaultException network(Stage stage, String words) {
    return new ImapFaultException(
        new ChannelFault(
            Cause.NETWORK_FAILURE,
            words,
            stage == Stage.CONNECTION
                ? "Check the mailbox's host and port, and whether a firewall lets the platform"
                    + " through. It is tried again by itself."
                : "It is tried again by itself. If it goes on, ask the server's admin what its log"
                    + " says.",
            Certainty.PRESUMED),
        stage);
  }

  static ImapFaultException encryption(String words, String remedy) {
    return new ImapFaultException(
        new ChannelFault(Cause.TLS_FAILURE, words, remedy, Certainty.PRESUMED), Stage.ENCRYPTION);
  }

  static ImapFaultException notLetIn(String words) {
    return new ImapFaultException(
        new ChannelFault(
            Cause.CREDENTIALS_REFUSED,
            words,
            "Enter the mailbox's user name and password anew, where your provider makes app"
                + " passwords one of those, and see that IMAP is switched on for the mailbox. Mail"
                + " goes out all the same.",
            Certainty.PRESUMED),
        Stage.SIGN_IN);
  }

  static ImapFaultException noWay(String words, String remedy) {
    return new ImapFaultException(
        new ChannelFault(Cause.PROTOCOL_ERROR, words, remedy, Certainty.CERTAIN), Stage.SIGN_IN);
  }

  static ImapFaultException folder(String words) {
    return new ImapFaultException(
        new ChannelFault(
            Cause.POLICY,
            words,
            "Check the name of the folder; INBOX is where mail usually comes to.",
            Certainty.PRESUMED),
        Stage.FOLDER);
  }

  static ImapFaultException busy(Stage stage, String words) {
    return new ImapFaultException(
        new ChannelFault(
            Cause.REMOTE_SYSTEM_ERROR,
            words,
            "It is tried again by itself. If it goes on, ask the server's admin what its log says.",
            Certainty.PRESUMED),
        stage);
  }
}
