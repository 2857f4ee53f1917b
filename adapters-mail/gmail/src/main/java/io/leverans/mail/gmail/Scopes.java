package io.leverans.mail.gmail;

import com.google.api.services.gmail.GmailScopes;
import io.leverans.domain.channel.ChannelSettings;
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

  /** Whether these suffice for a channel that is set so; who we are needs no scope later on. */
  static boolean suffice(List<String> granted, ChannelSettings settings) {
    return granted.contains(SEND)
        && switch (ConnectForm.readAccess(settings)) {
          case OFF -> true;
          case ON -> granted.contains(READ);
        };
  }
}
