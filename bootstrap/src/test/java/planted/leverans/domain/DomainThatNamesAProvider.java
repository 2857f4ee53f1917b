package planted.leverans.domain;

/** Planted: an identifier and strings that name providers. */
public record DomainThatNamesAProvider(String viaGmail) {
  /** Planted. */
  public String table() {
    return "SELECT host FROM smtp_channel";
  }

  /** Planted. */
  public String kind() {
    return "msc";
  }
}
