package io.leverans.mail.smtp.imap;

import java.util.List;

/** Numbers of mails as a server is asked for them (RFC 3501 §9, sequence-set). */
final class UidSet {
  private UidSet() {}

  /**
   * These numbers and no others; those that follow each other as a range.
   *
   * @param uids ascending, at least one
   */
  static String of(List<Long> uids) {
    StringBuilder set = new StringBuilder();
    long first = uids.getFirst();
    long last = first;
    for (long uid : uids.subList(1, uids.size())) {
      if (uid != last + 1) {
        append(set, first, last);
        first = uid;
      }
      last = uid;
    }
    append(set, first, last);
    return set.toString();
  }

  private static void append(StringBuilder set, long first, long last) {
    set.append(set.isEmpty() ? "" : ",").append(first);
    if (last > first) {
      set.append(':').append(last);
    }
  }
}
