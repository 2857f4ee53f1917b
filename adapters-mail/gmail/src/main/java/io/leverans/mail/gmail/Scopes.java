package io.leverans.mail.gmail;

import com.google.api.services.gmail.GmailScopes;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.mail.gmail.ConnectForm.ReadAccess;
import java.util.List;
import java.util.stream.Stream;

/** What an owner is asked for. */
final class Scopes {
  static final String SEND = GmailScopes.GMAIL_SEND;
  static final String READ = GmailScopes.GMAIL_READONLY;

  private Scopes() {}

  static List<String> wantedBy(ReadAccess access) {
    Stream<String> always = Stream.of("openid", "email", SEND);
    return switch (access) {
      case OFF -> always.toList();
      case ON -> Stream.concat(always, Stream.of(READ)).toList();
    };
  }

  /** Reading is asked for once, whichever it is for. */
  static ReadAccess reading(ChannelSettings settings) {
    return switch (MailboxChoice.of(settings)) {
      case READ -> ReadAccess.ON;
      case LEFT_ALONE -> ConnectForm.readAccess(settings);
    };
  }

  /** Whether the owner lets us look up what became of a message: it is not enough that we could. */
  static boolean mayLookUp(ChannelSettings settings) {
    return ConnectForm.readAccess(settings) == ReadAccess.ON
        && Account.scopes(settings).contains(READ);
  }

  /** Whether the owner lets us read reports. */
  static boolean mayReadReports(ChannelSettings settings) {
    return MailboxChoice.of(settings) == MailboxChoice.READ
        && Account.scopes(settings).contains(READ);
  }

  /** Whether these suffice for a channel that is set so; who we are needs no scope later on. */
  static boolean suffice(List<String> granted, ChannelSettings settings) {
    return granted.contains(SEND)
        && switch (reading(settings)) {
          case OFF -> true;
          case ON -> granted.contains(READ);
        };
  }
}
