package io.leverans.mail.gmail;

import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Dispatch;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the conversation that an answer belongs to: Gmail shows both together only if it is told
 * (<a href="https://developers.google.com/workspace/gmail/api/guides/threads">threads</a>). Safe
 * for use by many threads.
 */
final class Conversations {
  private static final int MOST_FORGOTTEN = 1000;

  private final MailboxSearch search;

  /** Those that Google did not take: the next attempt goes without. */
  private final Map<String, String> forgotten =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST_FORGOTTEN;
        }
      };

  Conversations(MailboxSearch search) {
    this.search = search;
  }

  /** By what we sent ourselves, else by the Message-ID answered, where we may look that up. */
  Optional<String> of(Dispatch dispatch, Header header, OpenChannel channel, Diary diary) {
    return dispatch
        .answers()
        .flatMap(SentReference::parse)
        .map(SentReference::thread)
        .or(() -> searched(header, channel, diary))
        .filter(this::isKnown);
  }

  private Optional<String> searched(Header header, OpenChannel channel, Diary diary) {
    if (!Scopes.mayLookUp(channel.settings())) {
      return Optional.empty();
    }
    return header
        .first("In-Reply-To")
        .flatMap(
            answered -> {
              try {
                return search.conversationOf(answered, channel.settings(), diary);
              } catch (IOException unknown) {
                diary.note("the conversation was not found: " + unknown.getMessage());
                return Optional.empty();
              }
            });
  }

  void forget(String thread) {
    synchronized (forgotten) {
      forgotten.put(thread, thread);
    }
  }

  private boolean isKnown(String thread) {
    synchronized (forgotten) {
      return !forgotten.containsKey(thread);
    }
  }
}
