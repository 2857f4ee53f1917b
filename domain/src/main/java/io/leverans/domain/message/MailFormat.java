package io.leverans.domain.message;

/** The form that mail has on its way (RFC 5322). Safe for use by many threads. */
public interface MailFormat {
  /** Reads the header of a mail that somebody else wrote. Hostile bytes are expected. */
  Reading read(Octets mail);

  /**
   * An id for a mail that has no Message-ID, or one of an unusual form: the same for the same mail,
   * however often it is read.
   */
  InternetMessageId standIn(Octets mail);

  /** Writes a letter: the same bytes for the same letter. Blind copies stand in no header. */
  Octets write(Letter letter);

  /** What was read. */
  sealed interface Reading {
    record Read(MailHeader header) implements Reading {}

    /**
     * It is no mail.
     *
     * @param why in words for a person
     */
    record NotMail(String why) implements Reading {}

    /**
     * Its header names more recipients than are read.
     *
     * @param limit how many are
     */
    record TooManyRecipients(int limit) implements Reading {}
  }
}
