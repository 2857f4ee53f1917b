package io.leverans.domain.channel;

/**
 * Whether the owner of a channel lets us read reports in the mailbox that they come to. It stands
 * among the channel's open settings under the same name in all kinds that can do so: by it the
 * store finds those that are to be read.
 */
public enum MailboxChoice {
  LEFT_ALONE("off"),
  READ("mailbox");

  /** The name of the setting. */
  public static final String SETTING = "bounces";

  private final String word;

  MailboxChoice(String word) {
    this.word = word;
  }

  /** As the setting has it. */
  public String word() {
    return word;
  }

  /** What a channel's owner chose: nothing is read unless they said so. */
  public static MailboxChoice of(ChannelSettings settings) {
    return settings.find(SETTING).filter(READ.word::equals).isPresent() ? READ : LEFT_ALONE;
  }
}
