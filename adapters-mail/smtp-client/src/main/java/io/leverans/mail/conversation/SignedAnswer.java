package io.leverans.mail.conversation;

import io.leverans.mail.conversation.NameServers.Answer;
import io.leverans.mail.conversation.NameServers.Standing;
import java.time.Duration;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** What one validated message of a name server says. */
sealed interface SignedAnswer {
  /** For how long it holds. */
  Duration holds();

  /** The answer to the question. */
  record Told(Answer<Record> answer, Duration holds) implements SignedAnswer {}

  /** Another name is to be asked for. */
  record Alias(Name target, Standing standing, Duration holds) implements SignedAnswer {}

  /** The name is an alias, which is to be asked for by itself: only so is it sure of what. */
  record ByItself(Duration holds) implements SignedAnswer {}
}
