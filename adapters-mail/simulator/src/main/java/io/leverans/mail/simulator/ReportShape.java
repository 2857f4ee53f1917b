package io.leverans.mail.simulator;

/** Whose delivery reports a report looks like. */
public enum ReportShape {
  POSTFIX(new PostfixReport()),
  EXCHANGE(new ExchangeReport()),
  GMAIL(new GmailReport());

  @SuppressWarnings("ImmutableEnumChecker") // the writers have no fields
  private final ReportWriter writer;

  ReportShape(ReportWriter writer) {
    this.writer = writer;
  }

  /**
   * The shape that the server of this address uses, the same one every time; addresses that differ
   * by one in their last digit have different shapes.
   */
  public static ReportShape of(String recipient) {
    return values()[recipient.chars().sum() % values().length];
  }

  ReportWriter writer() {
    return writer;
  }
}
