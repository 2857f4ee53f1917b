package io.leverans.mail.conversation;

import java.time.Duration;
import java.util.Optional;

/** Decides what a {@link ScriptedServer} does. */
@FunctionalInterface
public interface Script {
  Script POLITE = (_, _, _) -> Optional.empty();

  /**
   * Says what to do at a step, or nothing for what a friendly server does.
   *
   * @param connection counts from 1
   */
  Optional<Reaction> at(Step step, String line, int connection);

  static Script at(Step wanted, Reaction reaction) {
    return (step, _, _) -> step == wanted ? Optional.of(reaction) : Optional.empty();
  }

  static Script say(Step wanted, String reply) {
    return at(wanted, new Reaction.Say(reply));
  }

  /** Where in a conversation the server is. */
  enum Step {
    CONNECTED,
    EHLO,
    STARTTLS,
    AUTH,
    /** A line of a sign-in after the first; it is no command. */
    AUTH_LINE,
    MAIL,
    RCPT,
    DATA,
    /** Some of the content has come, the end has not. */
    WITHIN_CONTENT,
    /** The final dot has come. */
    END,
    RSET,
    QUIT,
    OTHER
  }

  /** What to do at a step. */
  sealed interface Reaction {
    /** Answers with a whole reply. */
    record Say(String reply) implements Reaction {}

    /** Closes the connection as a program that ends does. */
    record HangUp() implements Reaction {}

    /** Cuts the connection as a machine that dies does. */
    record Cut() implements Reaction {}

    /** Says something and closes. */
    record SayAndHangUp(String reply) implements Reaction {}

    /** Answers, and says more once the client has said something, whatever that is. */
    record SayAndWait(String reply, String later) implements Reaction {}

    /** Says nothing more, and keeps the connection. */
    record FallSilent() implements Reaction {}

    /** Sends these octets as they are, which need not be a whole reply, and then does more. */
    record Send(String octets, Reaction next) implements Reaction {}

    /** Sends octet after octet, with a pause before each, for as long as the client listens. */
    record Drip(String first, Duration pause) implements Reaction {}

    /** Takes nothing more, and keeps the connection. */
    record StopReading() implements Reaction {}

    /** Reads on. */
    record GoOn() implements Reaction {}
  }
}
