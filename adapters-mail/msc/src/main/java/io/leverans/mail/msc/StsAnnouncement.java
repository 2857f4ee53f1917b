package io.leverans.mail.msc;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the TXT records that announce a policy (RFC 8461 §3.1). */
final class StsAnnouncement {
  private static final String VERSION = "v=STSv1;";
  private static final Pattern FIELD =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[\\x21-\\x3a\\x3c\\x3e-\\x7e]+");
  private static final Pattern ID = Pattern.compile("id=[A-Za-z0-9]{1,32}");
  private static final String ID_NAME = "id=";

  private StsAnnouncement() {}

  /** The id; empty unless exactly one record announces a policy, and is well-formed. */
  static Optional<String> idIn(List<String> texts) {
    List<String> announcing = texts.stream().filter(text -> text.startsWith(VERSION)).toList();
    return announcing.size() == 1
        ? idIn(announcing.getFirst().substring(VERSION.length()))
        : Optional.empty();
  }

  private static Optional<String> idIn(String rest) {
    List<String> fields = Pattern.compile(";").splitAsStream(rest).map(String::strip).toList();
    List<String> written =
        !fields.isEmpty() && fields.getLast().isEmpty()
            ? fields.subList(0, fields.size() - 1)
            : fields;
    if (!written.stream().allMatch(field -> FIELD.matcher(field).matches())) {
      return Optional.empty();
    }
    return written.stream()
        .filter(field -> field.startsWith(ID_NAME))
        .findFirst()
        .filter(field -> ID.matcher(field).matches())
        .map(field -> field.substring(ID_NAME.length()));
  }
}
