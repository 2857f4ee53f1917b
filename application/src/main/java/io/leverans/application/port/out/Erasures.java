package io.leverans.application.port.out;

import io.leverans.application.view.Erasure;
import io.leverans.application.view.ErasureId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.ErasedRecipient;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Orders to erase what teams have of recipients. Each step is one short transaction, so that any
 * number of nodes may carry orders on at a time, and what one node leaves behind another goes on
 * with. Addresses are compared as {@link EmailAddress#sameMailbox}. All times are the database's.
 * Safe for use by many threads.
 *
 * <p>A message is erased as a whole: its deliveries to the person are withdrawn at once, and as
 * soon as nothing of it is to be sent to others either, its content, subject and metadata go, with
 * the attempts, reports and events of the person's deliveries. In place of the recipient stands
 * {@link ErasedRecipient#ADDRESS}; ids, states and times stay, so that a repeated request is known
 * again and nothing is sent twice.
 *
 * <p>Reports that come in later about what was erased are not kept, and mail that was on its way to
 * the queue when the order was given is erased as it is claimed.
 */
public interface Erasures {
  /**
   * Writes the order down, and in the same transaction puts the address on the suppression list as
   * {@link SuppressionReason#ERASED}: from then on nothing new is accepted for it.
   */
  Erasure order(NewErasure erasure);

  Optional<Erasure> find(TeamId team, ErasureId erasure);

  /** Teams with something to do now. */
  List<TeamId> teamsWithOpen(int atMost);

  /** Carries the team's orders one step on. */
  Step carryOn(TeamId team, Turn turn);

  /** An order. */
  record NewErasure(
      TeamId team, ErasureId id, MemberId by, EmailAddress address, SuppressionId suppression) {
    public NewErasure {
      Objects.requireNonNull(team);
      Objects.requireNonNull(id);
      Objects.requireNonNull(by);
      Objects.requireNonNull(address);
      Objects.requireNonNull(suppression);
    }
  }

  /** What becomes of a step while another node is at one of the same team. */
  enum Turn {
    /** It comes after that. */
    WAITED_FOR,
    /** There is none. */
    LEFT_TO_OTHERS
  }

  /** What came of a step. */
  enum Step {
    /** There may be more to do at once. */
    WENT_ON,
    /** Nothing is left that can be done now and that no other node is at. */
    RESTS
  }
}
