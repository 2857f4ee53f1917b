package io.leverans.persistence;

/** What a database was made for, once and for ever. */
public enum Mode {
  /** Every recipient is simulated: nothing leaves the machine. */
  SANDBOX("sandbox"),
  /** Real mail. */
  LIVE("live");

  private final String word;

  Mode(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
