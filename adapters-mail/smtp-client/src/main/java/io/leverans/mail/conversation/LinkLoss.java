package io.leverans.mail.conversation;

import javax.net.ssl.SSLException;

/** How a link was lost, in words for a person. */
sealed interface LinkLoss {
  /** A step was not over in its time, so we ended the connection. */
  record CutOff() implements LinkLoss {}

  /**
   * Reading or writing failed.
   *
   * @param last what had come by then in place of a reply, if anything
   */
  record Broken(Reply last, Exception failure) implements LinkLoss {}

  /**
   * No reply came where one was to come.
   *
   * @param last what came instead, if anything
   */
  record Unanswered(Reply last) implements LinkLoss {}

  /**
   * Says what happened.
   *
   * @param step what we had said or done last
   */
  default String after(String step) {
    return switch (this) {
      case CutOff _ -> "no answer came in time after " + step;
      case Broken(Reply last, _) when isSenseless(last) -> senseless(step, last);
      case Broken(_, Exception failure) -> "the connection broke after " + step + detail(failure);
      case Unanswered(Reply last) when isSenseless(last) -> senseless(step, last);
      case Unanswered _ -> "the server closed the connection after " + step;
    };
  }

  /** The same, to throw. */
  default LinkLostException exceptionAfter(String step) {
    return switch (this) {
      case Unanswered(Reply last) when isSenseless(last) ->
          LinkLostException.unintelligible(after(step));
      case CutOff _, Broken _, Unanswered _ -> new LinkLostException(after(step));
    };
  }

  private static boolean isSenseless(Reply last) {
    return last.code() == Reply.NONE && !last.lines().isEmpty();
  }

  private static String senseless(String step, Reply last) {
    return "the answer to " + step + " makes no sense: " + last.text();
  }

  /** Other exceptions know no more than that the link broke, and say so in the words of Java. */
  private static String detail(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case EndlessReplyException endless -> {
          return ": " + endless.getMessage();
        }
        case SSLException _ -> {
          return ": the encryption failed";
        }
        default -> {}
      }
    }
    return "";
  }
}
