package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageSummary;
import io.leverans.application.view.Page;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import java.util.Optional;

/** Lists a folder, or all folders, newest first. Mail of the system lies in none. */
@FunctionalInterface
public interface ListMessages {
  Page<MessageSummary, MessageId> list(Query query);

  /**
   * What to list.
   *
   * @param limit at most so many, from 1
   * @param before only messages older than this one
   */
  record Query(
      Caller caller,
      Optional<Folder> folder,
      Optional<IdentityId> identity,
      int limit,
      Optional<MessageId> before) {}
}
