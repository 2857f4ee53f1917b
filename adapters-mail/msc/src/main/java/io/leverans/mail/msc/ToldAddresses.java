package io.leverans.mail.msc;

import io.leverans.mail.conversation.NameServers.Answer;
import io.leverans.mail.conversation.NameServers.Origin;
import io.leverans.mail.conversation.NameServers.Question;
import io.leverans.mail.conversation.NameServers.Standing;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What DNS tells of the addresses of one name, of each kind that was asked for. */
final class ToldAddresses {
  private final List<InetAddress> found = new ArrayList<>();
  private final List<String> unanswered = new ArrayList<>();
  private Optional<Origin> origin = Optional.empty();

  /** Waits for the answers. */
  ToldAddresses(List<Question<InetAddress>> questions) {
    questions.forEach(question -> add(question.await()));
  }

  private void add(Answer<InetAddress> answer) {
    switch (answer) {
      case Answer.Found(var addresses, var from) -> {
        found.addAll(addresses);
        origin =
            origin
                .filter(weaker -> weaker.standing() == Standing.UNPROVEN)
                .or(() -> Optional.of(from));
      }
      case Answer.NoAnswer<InetAddress>(var why) -> unanswered.add(why);
      case Answer.NothingThere<InetAddress> _, Answer.NoSuchName<InetAddress> _ -> {}
    }
  }

  /** In the order of the questions. */
  List<InetAddress> found() {
    return List.copyOf(found);
  }

  /** Where they stand, if there are any: proven only if all of them are. */
  Optional<Origin> origin() {
    return origin;
  }

  /** Why a question was not answered, if one was not. */
  Optional<String> unanswered() {
    return unanswered.stream().findFirst();
  }
}
